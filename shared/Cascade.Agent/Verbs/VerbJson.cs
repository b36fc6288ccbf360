using System.Text.Json.Serialization;
using Cascade.Mirror.Reaping;
using Cascade.Oslo.Messaging.Parking;

namespace Cascade.Agent.Verbs;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSerializable(typeof(IReadOnlyList<MirrorRow>))]
[JsonSerializable(typeof(IReadOnlyList<CheckTold>))]
[JsonSerializable(typeof(IReadOnlyList<OrphanSeen>))]
[JsonSerializable(typeof(Reaped))]
[JsonSerializable(typeof(Comparing))]
[JsonSerializable(typeof(ConfigTold))]
[JsonSerializable(typeof(Adopted))]
sealed partial class VerbJson : JsonSerializerContext;

/// <summary>One answer of <c>upgrade check -f json</c>.</summary>
sealed record CheckTold(string Check, string Result, string? Details);

/// <summary>The answer of <c>config validate -f json</c>.</summary>
sealed record ConfigTold(IReadOnlyList<string> Files, IReadOnlyList<string> Faults, IReadOnlyList<string> Warnings);

/// <summary>What compares everything from now on.</summary>
sealed record Comparing(IReadOnlyList<string> Kinds);

/// <summary>The child's ids of what was asked to go.</summary>
sealed record Reaped(IReadOnlyList<string> ChildIds);

/// <summary>The answer of <c>mirror adopt -f json</c>.</summary>
sealed record Adopted(string ParentId, string ChildId);
