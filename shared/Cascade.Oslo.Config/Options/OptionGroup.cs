using System.Globalization;

namespace Cascade.Oslo.Config;

/// <summary>The options of one section, each read and declared by one call with oslo's types.</summary>
public sealed class OptionGroup
{
    internal const string MultiType = "multi valued";

    readonly OptionReader _reader;

    internal OptionGroup(OptionReader reader, string name) => (_reader, Name) = (reader, name);

    public string Name { get; }

    public string Help { get; private set; } = "";

    /// <summary>True when only this product reads the group.</summary>
    public bool IsOwn { get; private set; }

    /// <summary>The reader the group belongs to, for faults that concern several options.</summary>
    public OptionReader Reader => _reader;

    /// <summary>
    /// A string; null when nothing is written and there is no default. Without a default an empty value is null too: services
    /// in Python ask whether a string is true, and so take an empty one for none.
    /// </summary>
    public string? Text(string name, string? standard, string help, OptionTraits? traits = null) =>
        Last(Define(name, "string value", standard, help, traits)) is not { } written ? standard
        : written.Text.Length == 0 && standard is null ? null
        : written.Text;

    /// <summary>A string that must be written; "" stands in where it is missing, beside the fault.</summary>
    public string Required(string name, string help, OptionTraits? traits = null)
    {
        var text = Text(name, null, help, (traits ?? OptionTraits.None) with { Required = true });
        return text ?? "";
    }

    /// <summary>A string that is masked wherever the configuration is shown.</summary>
    public string? Secret(string name, string help, OptionTraits? traits = null) =>
        Text(name, null, help, (traits ?? OptionTraits.None) with { Secret = true });

    /// <summary>oslo_config/types.py Boolean: true/1/on/yes and false/0/off/no in any case.</summary>
    public bool Bool(string name, bool standard, string help, OptionTraits? traits = null) =>
        Parse(Define(name, "boolean value", standard ? "true" : "false", help, traits), standard, text => text.ToLowerInvariant() switch
        {
            "true" or "1" or "on" or "yes" => (true, null),
            "false" or "0" or "off" or "no" => (false, null),
            _ => (standard, "is not a boolean: write true or false (1/0, yes/no, on/off)"),
        });

    public int Int(string name, int standard, string help, OptionTraits? traits = null)
    {
        var option = Define(name, "integer value", standard.ToString(CultureInfo.InvariantCulture), help, traits);
        return Parse(option, standard, text => Number(text.Trim(), standard, option));
    }

    /// <summary>An integer without a default; null also for an empty value (oslo_config/types.py Number).</summary>
    public int? IntOrNone(string name, string help, OptionTraits? traits = null)
    {
        var option = Define(name, "integer value", null, help, traits);
        return Parse<int?>(option, null, text =>
        {
            var (number, fault) = Number(text.Trim(), 0, option);
            return (number, fault);
        });
    }

    public double Float(string name, double standard, string help, OptionTraits? traits = null)
    {
        var option = Define(name, "floating point value", standard.ToString(CultureInfo.InvariantCulture), help, traits);
        return Parse(option, standard, text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? (number, OutOfBounds(number, option))
                : (standard, "is not a number"));
    }

    /// <summary>A whole or broken number of seconds as a TimeSpan.</summary>
    public TimeSpan Seconds(string name, double standard, string help, OptionTraits? traits = null) =>
        TimeSpan.FromSeconds(Float(name, standard, help, traits));

    /// <summary>Separated by commas, blanks around items dropped, a trailing comma ignored (oslo_config/types.py List).</summary>
    public IReadOnlyList<string> List(string name, IReadOnlyList<string> standard, string help, OptionTraits? traits = null) =>
        Last(Define(name, "list value", string.Join(',', standard), help, traits)) is { } written ? Items(written.Text) : standard;

    /// <summary>
    /// oslo's DictOpt, for names of one side and of another: <c>PARENT:CHILD, …</c>. A pair that is none, and a name that is there twice, are faults: of two
    /// answers to one question oslo takes the last without a word (oslo_config/types.py Dict).
    /// </summary>
    public IReadOnlyDictionary<string, string> Pairs(string name, string help, OptionTraits? traits = null)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Last(Define(name, "dict value", "", help, traits)) is not { } written)
            return pairs;
        foreach (var pair in Items(written.Text))
        {
            if (pair.Split(':', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } left, { Length: > 0 } right])
                _reader.Fault($"[{Name}] {name}: '{pair}' is not PARENT:CHILD", written.Origin);
            else if (!pairs.TryAdd(left, right))
                _reader.Fault($"[{Name}] {name}: {left} is there twice", written.Origin);
        }

        return pairs;
    }

    /// <summary>oslo's MultiStrOpt: the option may be written several times, each time one more value, over all files.</summary>
    public IReadOnlyList<string> Multi(string name, IReadOnlyList<string> standard, string help, OptionTraits? traits = null) =>
        _reader.Read(Define(name, MultiType, standard.Count == 0 ? null : standard[0], help, traits)) is { Count: > 0 } written
            ? [.. written.Select(w => w.Text)]
            : standard;

    /// <summary>A transport_url; null when none is written. The value is a secret.</summary>
    public TransportUrl? Transport(string name, string help, OptionTraits? traits = null)
    {
        var option = Define(name, "string value", null, help, (traits ?? OptionTraits.None) with { Secret = true });
        if (Last(option) is not { } written)
            return null;
        if (!TransportUrl.TryParse(written.Text, out var url, out var fault))
            _reader.Fault($"{option}: {fault}", written.Origin);
        else if (url!.HasMixedCredentials)
            _reader.Warn($"{option}: either all hosts or none should carry user and password", written.Origin);
        return url;
    }

    internal void Describe(string help, bool own)
    {
        if (Help.Length == 0)
            Help = help;
        IsOwn |= own;
    }

    OptionDefinition Define(string name, string type, string? standard, string help, OptionTraits? traits) =>
        new(Name, name, type, standard, help, traits ?? OptionTraits.None);

    RawValue? Last(OptionDefinition option)
    {
        var read = _reader.Read(option);
        var last = read.Count == 0 ? null : read[^1];
        if (last is null or { Text: "" } && option.Traits.Required)
            _reader.Fault($"{option} is required: {option.Help}", last?.Origin);
        else if (last is not null && option.Traits.Choices is { } choices && !choices.Contains(last.Text, StringComparer.OrdinalIgnoreCase))
            _reader.Fault($"{option} = {Shown(option, last.Text)}: write one of {string.Join(", ", choices)}", last.Origin);
        return last;
    }

    T Parse<T>(OptionDefinition option, T standard, Func<string, (T Value, string? Fault)> parse)
    {
        if (Last(option) is not { } written || (written.Text.Trim().Length == 0 && option.TypeName != "boolean value"))
            return standard;
        var (value, fault) = parse(written.Text);
        if (fault is null)
            return value;
        _reader.Fault($"{option} = {Shown(option, written.Text)}: {fault}", written.Origin);
        return standard;
    }

    static (int Value, string? Fault) Number(string text, int standard, OptionDefinition option) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (number, OutOfBounds(number, option))
            : (standard, "is not an integer");

    static string? OutOfBounds(double number, OptionDefinition option) =>
        number < option.Traits.Min ? $"must be {option.Traits.Min} or more"
        : number > option.Traits.Max ? $"must be {option.Traits.Max} or less"
        : null;

    static IReadOnlyList<string> Items(string text) =>
        text.Trim().TrimEnd(',') is { Length: > 0 } trimmed ? [.. trimmed.Split(',').Select(i => i.Trim())] : [];

    static string Shown(OptionDefinition option, string text) => option.Traits.Secret ? "***" : $"'{text}'";
}
