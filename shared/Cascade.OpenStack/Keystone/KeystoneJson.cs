using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Keystone;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Json.UtcTimeConverter)])]
[JsonSerializable(typeof(AuthRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(CatalogAnswer))]
internal sealed partial class KeystoneJson : JsonSerializerContext;
