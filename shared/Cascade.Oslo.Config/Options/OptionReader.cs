namespace Cascade.Oslo.Config;

/// <summary>
/// Reads options by declaring them. Nothing throws: a bad value becomes a fault and the default is handed out, so that one
/// pass over all option records finds everything that is wrong. The declarations stay behind for the sample, the dump and the
/// search for names nobody reads.
/// </summary>
public sealed class OptionReader(OsloConfiguration values)
{
    readonly List<ConfigFault> _faults = [.. values.Faults];
    readonly List<ConfigFault> _warnings = [];
    readonly Dictionary<(string, string), OptionDefinition> _definitions = [];
    readonly Dictionary<string, OptionGroup> _groups = new(StringComparer.Ordinal);

    public OsloConfiguration Values => values;

    /// <summary>Reasons not to start, in the order found.</summary>
    public IReadOnlyList<ConfigFault> Faults => _faults;

    /// <summary>What an operator should change some day: deprecated names, open files.</summary>
    public IReadOnlyList<ConfigFault> Warnings => _warnings;

    public IReadOnlyCollection<OptionDefinition> Definitions => _definitions.Values;

    public IReadOnlyCollection<OptionGroup> Groups => _groups.Values;

    /// <param name="name">as in the file, without brackets.</param>
    /// <param name="help">one sentence for the sample; the first non-empty one given for a group is kept.</param>
    /// <param name="own">true for a group that only this product reads: then every unknown name in it is reported.</param>
    public OptionGroup Group(string name, string help = "", bool own = false)
    {
        var normal = GroupName.Normalize(name);
        if (!_groups.TryGetValue(normal, out var group))
            _groups[normal] = group = new(this, normal);
        group.Describe(help, own);
        return group;
    }

    /// <summary>A reason not to start; the same words for the same place are kept once, since options may be read twice.</summary>
    public void Fault(string message, ConfigOrigin? origin = null) => AddOnce(_faults, new(message, origin));

    /// <summary>Something to change some day.</summary>
    public void Warn(string message, ConfigOrigin? origin = null) => AddOnce(_warnings, new(message, origin));

    /// <summary>Where the option is written, or null when its default holds.</summary>
    public ConfigOrigin? OriginOf(OptionDefinition option) => Written(option) is { Count: > 0 } written ? written[^1].Origin : null;

    /// <summary>The values as written with references replaced, first to last; empty when nothing is written.</summary>
    internal IReadOnlyList<RawValue> Read(OptionDefinition option)
    {
        _definitions[(option.Group, option.Name)] = option;
        var written = Written(option);
        foreach (var (group, name) in option.OlderNames)
        {
            if (values.Find(group, name) is { Count: > 0 } old)
                Warn($"[{group}] {name} is the old name of {option}: write the new one", old[^1].Origin);
        }

        return [.. written.Select(w => new RawValue(Expand(w, option), w.Origin))];
    }

    internal string Expanded(OptionDefinition option, RawValue value) => References.Expand(value.Text, option.Group, Raw);

    internal IEnumerable<string> Shown(OptionDefinition option) =>
        Written(option) is { Count: > 0 } written
            ? (option.TypeName == OptionGroup.MultiType ? written : written.Skip(written.Count - 1)).Select(w => Expanded(option, w))
            : [];

    IReadOnlyList<RawValue> Written(OptionDefinition option)
    {
        foreach (var (group, name) in option.Names)
        {
            if (values.Find(group, name) is { Count: > 0 } found)
                return found;
        }

        return [];
    }

    static void AddOnce(List<ConfigFault> to, ConfigFault fault)
    {
        if (!to.Contains(fault))
            to.Add(fault);
    }

    string Expand(RawValue value, OptionDefinition option) =>
        References.Expand(value.Text, option.Group, Raw, name => Fault(
            $"{option} refers to ${name}, which is no option here: write $$ where a dollar sign is meant", value.Origin));

    string? Raw(string group, string name)
    {
        if (values.Find(group, name) is { Count: > 0 } written)
            return written[^1].Text;
        return _definitions.TryGetValue((GroupName.Normalize(group), name), out var known) ? known.Default : null;
    }
}
