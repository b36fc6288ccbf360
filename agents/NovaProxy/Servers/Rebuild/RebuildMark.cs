using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>
/// When the server had been launched before its rebuild was asked for: nova writes that time anew at the end of a rebuild (nova/compute/manager.py:
/// _update_instance_after_spawn), so a later life knows whether the child has done it already. In the instance's <c>system_metadata</c>.
/// </summary>
internal static class RebuildMark
{
    const string Key = "cascade_rebuild_from";

    public static void Write(JsonObject metadata, Server seen) => metadata[Key] = Text(seen);

    public static void Remove(JsonObject metadata) => metadata.Remove(Key);

    /// <summary>Whether the child is at it, or has done it.</summary>
    public static bool IsTaken(VersionedObject row, Server seen) =>
        seen.Status == "REBUILD" || seen.TaskState?.StartsWith("rebuild", StringComparison.Ordinal) is true || (Of(row) is { } before && before != Text(seen));

    static string? Of(VersionedObject row) => row.Data["system_metadata"]?[Key]?.ToString();

    static string Text(Server seen) => seen.LaunchedAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "never";
}
