using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Http;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<PageLink>))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
