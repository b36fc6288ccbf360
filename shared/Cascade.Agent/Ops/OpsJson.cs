using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Cascade.Agent;

/// <summary>/healthcheck: 200 when healthy, else 503.</summary>
sealed record HealthAnswer(bool Healthy, bool Registered, IReadOnlyList<CheckAnswer> Checks);

sealed record CheckAnswer(string Name, HealthState State, string Detail, DateTimeOffset Since);

/// <summary>/status: who, since when, how each component is, and what the agent adds.</summary>
sealed record StatusAnswer(
    string Agent,
    string Version,
    string Host,
    int Pid,
    DateTimeOffset Started,
    bool Healthy,
    bool Registered,
    IReadOnlyList<CheckAnswer> Checks,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Details);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
sealed partial class OpsJson : JsonSerializerContext
{
    public static byte[] Write<T>(T answer, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(answer, type), (byte)'\n'];
}
