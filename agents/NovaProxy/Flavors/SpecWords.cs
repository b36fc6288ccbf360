using Cascade.NovaProxy.Capacity;

namespace Cascade.NovaProxy.Flavors;

/// <summary>Extra specs that this child understands and not every one does.</summary>
/// <param name="AggregateKeys">Metadata keys of the parent's host aggregates to the child's.</param>
/// <param name="Custom">The resource classes and traits that its placement knows beside those that every one does.</param>
internal sealed record SpecWords(IReadOnlyDictionary<string, string> AggregateKeys, CustomNames Custom)
{
    public static SpecWords None { get; } = new(new Dictionary<string, string>(), CustomNames.None);
}
