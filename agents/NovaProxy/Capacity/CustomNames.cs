namespace Cascade.NovaProxy.Capacity;

/// <summary>
/// The custom names that the child's placement knows, whether a host has them now or not. They tell the child's classes and traits on our provider in the parent from
/// those of others without a note of our own: a known name is the child's to give and to take away, any other is left alone.
/// </summary>
internal sealed record CustomNames(IReadOnlySet<string> Classes, IReadOnlySet<string> Traits)
{
    /// <summary>placement/schemas/resource_class.py and trait.py: whatever a cloud makes for itself begins so.</summary>
    public const string Prefix = "CUSTOM_";

    public static CustomNames None { get; } = new(new HashSet<string>(), new HashSet<string>());

    public static bool IsCustom(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
