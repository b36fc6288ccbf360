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
    const string Asked = "asked:";
    const string Ended = "ended:";

    /// <summary>The child's clock when it was asked for; null when its outcome is known.</summary>
    public static DateTimeOffset? Of(VersionedObject row) =>
        Text(row) is { } text && text.StartsWith(Asked, StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text.AsSpan(Asked.Length), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var asked)
            ? asked
            : null;

    /// <summary>The last one that has ended is that of this request.</summary>
    public static bool HasEnded(VersionedObject row, string? requestId) => requestId is not null && Text(row) == Ended + requestId;

    public static void Ask(JsonObject metadata, DateTimeOffset childNow) => metadata[Key] = Asked + NovaTime.Of(childNow);

    public static void End(JsonObject metadata, string? requestId) => metadata[Key] = Ended + requestId;

    static string? Text(VersionedObject row) => (row.Data["system_metadata"] as JsonObject)?[Key]?.ToString();
}
