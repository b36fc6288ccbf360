using System.Text.Json.Serialization;
using Cascade.Oslo.Messaging.Parking;

namespace Cascade.Agent.Verbs;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSerializable(typeof(IReadOnlyList<MirrorRow>))]
sealed partial class VerbJson : JsonSerializerContext;
