using System.Text.Json.Serialization;
using Cascade.OpenStack.Json;

namespace Cascade.OpenStack.BlockStorage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(VolumeBody))]
[JsonSerializable(typeof(VolumePage))]
[JsonSerializable(typeof(VolumeCreateBody))]
[JsonSerializable(typeof(VolumeAction))]
[JsonSerializable(typeof(MigrationCompletionAnswer))]
[JsonSerializable(typeof(AttachmentBody))]
[JsonSerializable(typeof(AttachmentPage))]
[JsonSerializable(typeof(AttachmentCreateBody))]
[JsonSerializable(typeof(AttachmentUpdateBody))]
[JsonSerializable(typeof(AttachmentAction))]
[JsonSerializable(typeof(SnapshotBody))]
internal sealed partial class BlockStorageJson : JsonSerializerContext;
