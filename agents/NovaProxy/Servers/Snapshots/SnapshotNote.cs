using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>
/// What the task state does not say of a snapshot and a later life must know: into which image of the parent, for which request, and how many backups are
/// kept. It is in the instance's <c>system_metadata</c> from before the child is asked until the end.
/// </summary>
/// <param name="ImageId">Of the parent.</param>
/// <param name="RequestId">Whose event is open.</param>
/// <param name="Rotation">Of a backup; null for anything else.</param>
internal sealed record SnapshotNote(string ImageId, string? RequestId, int? Rotation = null)
{
    const string ImageKey = "cascade_snapshot_image";
    const string RequestKey = "cascade_snapshot_request";
    const string RotationKey = "cascade_snapshot_rotation";

    /// <summary>Of a snapshot or a backup; a shelve knows itself by its task states.</summary>
    public SnapshotKind Kind => Rotation is null ? SnapshotKind.Snapshot : SnapshotKind.Backup;

    /// <summary>For a life that did not hear the request.</summary>
    public RpcContext Context => RequestId is null ? RequestIds.Admin() : RpcContext.Admin(RequestId);

    public static SnapshotNote? Of(VersionedObject row) =>
        row.Data["system_metadata"] is JsonObject metadata && Text(metadata, ImageKey) is { } image
            ? new(image, Text(metadata, RequestKey), int.TryParse(Text(metadata, RotationKey), NumberStyles.None, CultureInfo.InvariantCulture, out var rotation) ? rotation : null)
            : null;

    public void Write(JsonObject metadata)
    {
        Remove(metadata);
        metadata[ImageKey] = ImageId;
        if (RequestId is not null)
        {
            metadata[RequestKey] = RequestId;
        }

        if (Rotation is { } rotation)
        {
            metadata[RotationKey] = rotation.ToString(CultureInfo.InvariantCulture);
        }
    }

    public static void Remove(JsonObject metadata)
    {
        metadata.Remove(ImageKey);
        metadata.Remove(RequestKey);
        metadata.Remove(RotationKey);
    }

    static string? Text(JsonObject metadata, string key) => metadata[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
