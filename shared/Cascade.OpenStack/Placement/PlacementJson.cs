using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Placement;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ResourceProvider))]
[JsonSerializable(typeof(ResourceProviderPage))]
[JsonSerializable(typeof(ResourceProviderCreate))]
[JsonSerializable(typeof(Inventories))]
[JsonSerializable(typeof(ProviderTraits))]
[JsonSerializable(typeof(ProviderAggregates))]
[JsonSerializable(typeof(ProviderUsages))]
[JsonSerializable(typeof(TraitList))]
[JsonSerializable(typeof(ResourceClassList))]
[JsonSerializable(typeof(ConsumerAllocations))]
[JsonSerializable(typeof(ProviderAllocations))]
[JsonSerializable(typeof(AllocationsPut))]
[JsonSerializable(typeof(AllocationsPost))]
internal sealed partial class PlacementJson : JsonSerializerContext;
