using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>
/// That a crash dump was asked for, in the instance's system metadata: nova has no task state for it, and a guest must not be interrupted twice because a
/// message came twice.
/// </summary>
internal static class CrashDumpMark
{
    const string Key = "cascade_crash_dump";
    const string Asked = "asked";
    const string Ended = "ended";

    /// <summary>The child's clock when it was asked for; null when its outcome is known.</summary>
    public static DateTimeOffset? Of(VersionedObject row) =>
        Words(row.Data["system_metadata"]) is [Asked, _, var time] && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var asked)
            ? asked
            : null;

    /// <summary>The request that asked for the one whose outcome is not known.</summary>
    public static string? RequestOf(VersionedObject row) => Words(row.Data["system_metadata"]) is [Asked, var request, _] ? request : null;

    /// <summary>The last one that has ended is that of this request.</summary>
    public static bool HasEnded(VersionedObject row, string? requestId) => Words(row.Data["system_metadata"]) is [Ended, var request] && request == requestId;

    public static void Ask(JsonObject metadata, string? requestId, DateTimeOffset childNow) => metadata[Key] = $"{Asked} {requestId} {NovaTime.Of(childNow)}";

    public static void End(JsonObject metadata)
    {
        if (Words(metadata) is [Asked, var request, _])
        {
            metadata[Key] = $"{Ended} {request}";
        }
    }

    static string[]? Words(JsonNode? metadata) => (metadata as JsonObject)?[Key]?.ToString().Split(' ');
}
