using System.Text.RegularExpressions;

namespace Cascade.Oslo.Config;

/// <summary>The configuration as it may be shown: oslo's log_opt_values, with secrets as <c>****</c>.</summary>
public static partial class OptionDump
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
                    foreach (var password in Passwords(expanded))
                    {
                        yield return password;
                        yield return Uri.EscapeDataString(password);
                    }
                }
            }
        }
    }

    /// <summary>Those of a transport_url, one for each of its hosts, or the one of another URL, as of <c>[database] connection</c>.</summary>
    static IEnumerable<string> Passwords(string text) =>
        TransportUrl.TryParse(text, out var url, out _)
            ? url!.Hosts.Select(host => host.Password).OfType<string>().Where(password => password.Length > 0)
            : UserInfo().Matches(text).Select(match => Uri.UnescapeDataString(match.Groups["password"].Value));

    /// <summary>SQLAlchemy takes everything up to the @ for the password (engine/url.py, _parse_url).</summary>
    [GeneratedRegex(@"^[\w+]+://[^:/@]*:(?<password>[^@]+)@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();

    static string Value(OptionReader reader, OptionDefinition option, ConfigOrigin? written) =>
        written is null ? option.Default ?? "None"
        : option.Traits.Secret ? Mask
        : string.Join(", ", reader.Shown(option));
}
