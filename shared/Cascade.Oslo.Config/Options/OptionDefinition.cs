namespace Cascade.Oslo.Config;

/// <summary>One option as it was declared by reading it: enough to write a sample, a dump, or a warning about a near miss.</summary>
/// <param name="Group">normalized: DEFAULT or lower case.</param>
/// <param name="Name">the name in files.</param>
/// <param name="TypeName">oslo's words: "integer value", "boolean value", "list value", …</param>
/// <param name="Default">as it would be written; null for none.</param>
/// <param name="Help">sentences for an operator.</param>
/// <param name="Traits">required, secret, mutable, bounds, other names.</param>
public sealed record OptionDefinition(
    string Group, string Name, string TypeName, string? Default, string Help, OptionTraits Traits)
{
    /// <summary>Every (group, name) that is read, the present name first.</summary>
    public IEnumerable<(string Group, string Name)> Names =>
        Traits.Aliases.Select(a => (Group, a)).Prepend((Group, Name)).Concat(OlderNames);

    internal IEnumerable<(string Group, string Name)> OlderNames =>
        Traits.Deprecated.Select(d => d.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? (GroupName.Normalize(d[..dot]), d[(dot + 1)..]) : (Group, d));

    public override string ToString() => $"[{Group}] {Name}";
}
