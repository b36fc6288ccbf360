using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>The configuration of this process: what was written, who reads it, and how to read it again.</summary>
sealed class AgentConfiguration
{
    readonly Func<OsloConfiguration> _load;
    readonly List<Func<OptionReader, Action>> _readings = [];

    public AgentConfiguration(Func<OsloConfiguration> load)
    {
        _load = load;
        Reader = new(WithQuery(load()));
    }

    /// <summary>The reading in force, with every declaration and fault.</summary>
    public OptionReader Reader { get; private set; }

    public IReadOnlyList<ConfigFault> Warnings =>
        [.. Reader.Warnings, .. UnknownOptions.In(Reader), .. SecretFiles.OpenToOthers(Reader)];

    /// <summary>Reads a record now and again at each reload.</summary>
    public Current<T> Read<T>(Func<OptionReader, T> read)
        where T : class
    {
        var current = new Current<T>(read(Reader));
        _readings.Add(reader =>
        {
            var value = read(reader);
            return () => current.Set(value);
        });
        return current;
    }

    /// <summary>
    /// Reads the files again and takes over what is mutable (oslo_config/cfg.py mutate_config_files). With a fault nothing changes.
    /// </summary>
    public Reloaded Reload()
    {
        var fresh = WithQuery(_load());
        if (fresh.Faults.Count > 0)
            return new(fresh.Faults, [], []);
        var changed = Reader.Definitions
            .Where(d => d.Names.Any(n => !Same(Reader.Values.Find(n.Group, n.Name), fresh.Find(n.Group, n.Name))))
            .ToLookup(d => d.Traits.Mutable);
        var reader = new OptionReader(Reader.Values.With(changed[true].SelectMany(d => d.Names), fresh));
        var applies = _readings.ConvertAll(read => read(reader));
        if (reader.Faults.Count > 0)
            return new(reader.Faults, [], []);

        Reader = reader;
        foreach (var apply in applies)
            apply();
        return new([], [.. changed[true]], [.. changed[false]]);
    }

    // oslo_messaging/_drivers/common.py ConfigOptsProxy: the query of transport_url comes before [oslo_messaging_rabbit].
    static OsloConfiguration WithQuery(OsloConfiguration values)
    {
        if (values.Find("DEFAULT", "transport_url") is not { Count: > 0 } written)
            return values;
        var text = References.Expand(written[^1].Text, "DEFAULT", (g, o) => values.Find(g, o) is { Count: > 0 } found ? found[^1].Text : null);
        return TransportUrl.TryParse(text, out var url, out _) && url!.Query.Count > 0
            ? values.With(RabbitSection.Name, url.Query, new("query of transport_url"))
            : values;
    }

    static bool Same(IReadOnlyList<RawValue> a, IReadOnlyList<RawValue> b) => a.Select(v => v.Text).SequenceEqual(b.Select(v => v.Text));
}
