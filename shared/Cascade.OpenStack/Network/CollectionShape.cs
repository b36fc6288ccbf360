using System.Text.Json.Serialization.Metadata;

namespace Cascade.OpenStack.Network;

/// <summary>How a collection is written.</summary>
/// <param name="Path">Below the endpoint, with a slash before it.</param>
/// <param name="Singular">Name of the member that holds one.</param>
/// <param name="Plural">Name of the member that holds many.</param>
/// <param name="Item">How one is read.</param>
internal sealed record CollectionShape<TItem>(string Path, string Singular, string Plural, JsonTypeInfo<TItem> Item)
    where TItem : class;
