using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Json;

namespace Cascade.OpenStack.Compute;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ServerBody))]
[JsonSerializable(typeof(ServerPage))]
[JsonSerializable(typeof(ServerCreateBody))]
[JsonSerializable(typeof(ServerCreatedBody))]
[JsonSerializable(typeof(ServerAction))]
[JsonSerializable(typeof(CreateImageBody))]
[JsonSerializable(typeof(ImageMade))]
[JsonSerializable(typeof(RebuildBody))]
[JsonSerializable(typeof(RescueBody))]
[JsonSerializable(typeof(ConsoleOutput))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(InterfaceAttachBody))]
[JsonSerializable(typeof(InterfaceBody))]
[JsonSerializable(typeof(InterfaceList))]
[JsonSerializable(typeof(VolumeAttachBody))]
[JsonSerializable(typeof(VolumeSwapBody))]
[JsonSerializable(typeof(VolumeAttachmentBody))]
[JsonSerializable(typeof(VolumeAttachmentList))]
[JsonSerializable(typeof(FlavorBody))]
[JsonSerializable(typeof(FlavorPage))]
[JsonSerializable(typeof(FlavorCreateBody))]
[JsonSerializable(typeof(FlavorAccessAction))]
[JsonSerializable(typeof(ExtraSpecs))]
[JsonSerializable(typeof(KeypairBody))]
[JsonSerializable(typeof(KeypairPage))]
[JsonSerializable(typeof(KeypairCreateBody))]
[JsonSerializable(typeof(ServicePage))]
[JsonSerializable(typeof(LimitsBody))]
[JsonSerializable(typeof(HypervisorPage))]
[JsonSerializable(typeof(HypervisorStatisticsBody))]
[JsonSerializable(typeof(ConsoleCreateBody))]
[JsonSerializable(typeof(ConsoleBody))]
[JsonSerializable(typeof(ExternalEventsBody))]
[JsonSerializable(typeof(InstanceActionPage))]
[JsonSerializable(typeof(MigrationPage))]
[JsonSerializable(typeof(ServerGroupBody))]
[JsonSerializable(typeof(ServerGroupCreateBody))]
[JsonSerializable(typeof(ServerGroupPage))]
[JsonSerializable(typeof(InstanceActionBody))]
[JsonSerializable(typeof(AvailabilityZonePage))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ServerUpdateBody))]
[JsonSerializable(typeof(MetadataBody))]
internal sealed partial class ComputeJson : JsonSerializerContext;
