using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Image;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Json.UtcTimeConverter)])]
[JsonSerializable(typeof(CloudImage))]
[JsonSerializable(typeof(ImageMember))]
[JsonSerializable(typeof(ImagePage))]
[JsonSerializable(typeof(ImageCreate))]
[JsonSerializable(typeof(List<ImagePatch>))]
[JsonSerializable(typeof(string))]
internal sealed partial class ImageJson : JsonSerializerContext;
