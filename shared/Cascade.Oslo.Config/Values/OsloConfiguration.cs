using System.Collections;

namespace Cascade.Oslo.Config;

/// <summary>
/// Everything that was written, by group and option, with its place. Precedence as oslo_config/cfg.py _do_get: command line,
/// environment, later files, earlier files. Immutable; reading again makes a new one.
/// </summary>
public sealed class OsloConfiguration
{
    readonly Dictionary<string, Dictionary<string, List<RawValue>>> _groups = new(StringComparer.Ordinal);
    readonly List<ConfigFault> _faults = [];

    OsloConfiguration()
    {
    }

    public static OsloConfiguration Empty { get; } = new();

    /// <summary>What could not be read or parsed. Values around a fault are kept.</summary>
    public IReadOnlyList<ConfigFault> Faults => _faults;

    public IEnumerable<string> Groups => _groups.Keys;

    /// <param name="paths">files and directories in the order of the command line.</param>
    /// <param name="environment">variables; null reads those of the process.</param>
    /// <param name="commandLine">values given as arguments, keyed (group, option).</param>
    public static OsloConfiguration Read(
        IEnumerable<ConfigPath> paths,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        IEnumerable<KeyValuePair<(string Group, string Option), string>>? commandLine = null)
    {
        var read = new OsloConfiguration();
        ConfigFiles.Read(
            paths,
            (entry, file) => read.ListOf(GroupName.Normalize(entry.Section), entry.Key).Add(new(entry.Value, new(file, entry.Line))),
            read._faults.Add);
        foreach (var (group, option, value) in EnvironmentValues.In(environment ?? OfProcess()))
            read.Replace(group, option, value);
        foreach (var ((group, option), text) in commandLine ?? [])
            read.Replace(GroupName.Normalize(group), option, new(text, new("command line")));
        return read;
    }

    /// <summary>All values written for the option, first to last; the last one is the value of an option that holds one.</summary>
    public IReadOnlyList<RawValue> Find(string group, string option) =>
        _groups.TryGetValue(GroupName.Normalize(group), out var options) && options.TryGetValue(option, out var values) ? values : [];

    public IEnumerable<string> OptionsOf(string group) =>
        _groups.TryGetValue(GroupName.Normalize(group), out var options) ? options.Keys : [];

    /// <summary>The same configuration with the given options taken from another reading (a reload of what may change while running).</summary>
    public OsloConfiguration With(IEnumerable<(string Group, string Option)> options, OsloConfiguration from)
    {
        var merged = new OsloConfiguration();
        merged._faults.AddRange(_faults);
        foreach (var (group, held) in _groups)
        {
            foreach (var (option, values) in held)
                merged.ListOf(group, option).AddRange(values);
        }

        foreach (var (group, option) in options)
        {
            var values = merged.ListOf(GroupName.Normalize(group), option);
            values.Clear();
            values.AddRange(from.Find(group, option));
        }

        return merged;
    }

    /// <summary>The same configuration with some options of one group given from elsewhere (the query of a transport_url).</summary>
    public OsloConfiguration With(string group, IEnumerable<KeyValuePair<string, string>> options, ConfigOrigin origin)
    {
        var merged = With([], Empty);
        foreach (var (option, text) in options)
            merged.Replace(GroupName.Normalize(group), option, new(text, origin));
        return merged;
    }

    void Replace(string group, string option, RawValue value)
    {
        var values = ListOf(group, option);
        values.Clear();
        values.Add(value);
    }

    List<RawValue> ListOf(string group, string option)
    {
        if (!_groups.TryGetValue(group, out var options))
            _groups[group] = options = new(StringComparer.Ordinal);
        if (!options.TryGetValue(option, out var values))
            options[option] = values = [];
        return values;
    }

    static IEnumerable<KeyValuePair<string, string>> OfProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(e => KeyValuePair.Create((string)e.Key, (string?)e.Value ?? ""));
}
