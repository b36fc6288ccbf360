using System.Text.Json.Serialization;
using Cascade.NovaProxy.Servers;
using Cascade.Oslo.Messaging.Parking;

namespace Cascade.NovaProxy.Verbs;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSerializable(typeof(IReadOnlyList<MirrorRow>))]
internal sealed partial class VerbJson : JsonSerializerContext;
