namespace Cascade.Oslo.Config;

/// <summary>The configuration as it may be shown: oslo's log_opt_values, with secrets as <c>****</c>.</summary>
public static class OptionDump
{
    public const string Mask = "****";

    /// <summary>Lines <c>group.option = value  (where)</c>, sorted; options outside a group without one.</summary>
    public static IEnumerable<string> Lines(OptionReader reader)
    {
        foreach (var option in reader.Definitions.OrderBy(d => d.Group, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal))
        {
            var written = reader.OriginOf(option);
            var name = option.Group == GroupName.Default ? option.Name : $"{option.Group}.{option.Name}";
            yield return $"{name} = {Value(reader, option, written)}  ({written?.ToString() ?? "default"})";
        }
    }

    /// <summary>The secret values themselves, for those who must keep them out of what they write. Also the passwords inside URLs.</summary>
    public static IEnumerable<string> Secrets(OptionReader reader)
    {
        foreach (var option in reader.Definitions.Where(d => d.Traits.Secret))
        {
            foreach (var (group, name) in option.Names)
            {
                foreach (var written in reader.Values.Find(group, name))
                {
                    yield return written.Text;
                    var expanded = reader.Expanded(option, written);
                    yield return expanded;
                    if (TransportUrl.TryParse(expanded, out var url, out _))
                    {
                        foreach (var host in url!.Hosts.Where(h => !string.IsNullOrEmpty(h.Password)))
                        {
                            yield return host.Password!;
                            yield return Uri.EscapeDataString(host.Password!);
                        }
                    }
                }
            }
        }
    }

    static string Value(OptionReader reader, OptionDefinition option, ConfigOrigin? written) =>
        written is null ? option.Default ?? "None"
        : option.Traits.Secret ? Mask
        : string.Join(", ", reader.Shown(option));
}
