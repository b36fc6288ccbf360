namespace Cascade.NovaProxy.Flavors;

/// <summary>Extra specs that this child understands and not every one does.</summary>
/// <param name="AggregateKeys">Metadata keys of the parent's host aggregates to the child's.</param>
internal sealed record SpecWords(IReadOnlyDictionary<string, string> AggregateKeys)
{
    public static SpecWords None { get; } = new(new Dictionary<string, string>());
}
