using System.Text.Json;
using Cascade.Contracts.Cinder.States;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>volume_attachment</c>.</summary>
/// <param name="Connector">JSON as text, or null.</param>
/// <param name="ConnectionInfo">JSON as text, or null; written by cinder-api.</param>
internal sealed record AttachmentRow(
    string Id, string VolumeId, string? InstanceUuid, string? AttachedHost, string? Mountpoint, string? AttachStatus, string? AttachMode, string? Connector,
    string? ConnectionInfo)
{
    internal static AttachmentRow Read(Row row) => new(
        row.Text("id"), row.Text("volume_id"), row.TextOrNull("instance_uuid"), row.TextOrNull("attached_host"), row.TextOrNull("mountpoint"),
        row.TextOrNull("attach_status"), row.TextOrNull("attach_mode"), row.TextOrNull("connector"), row.TextOrNull("connection_info"));
}

/// <summary>The table <c>volume_attachment</c>, and what a volume's own state follows from it.</summary>
internal sealed class Attachments(CinderWork work)
{
    public Task<AttachmentRow?> GetAsync(string id) => work.RowAsync(Statements.AttachmentGet, AttachmentRow.Read, ("att", id));

    public Task<IReadOnlyList<AttachmentRow>> OfVolumeAsync(string volumeId) => work.RowsAsync(Statements.AttachmentsOf, AttachmentRow.Read, ("id", volumeId));

    public Task<IReadOnlyList<AttachmentRow>> OfVolumesAsync(IReadOnlyCollection<string> volumeIds) =>
        work.RowsAsync(Statements.AttachmentsOfMany, AttachmentRow.Read, ("ids", volumeIds));

    /// <summary>attachment_update: the attachment and its volume are attaching (volume_attached with mark_attached=False). False when either is gone.</summary>
    /// <param name="connector">as it came; <c>host</c> and <c>mountpoint</c> are read from it.</param>
    /// <param name="mode">rw or ro.</param>
    public async Task<bool> AttachingAsync(string id, string volumeId, JsonElement connector, string mode) =>
        await work.MetAsync(
            Statements.AttachmentAttaching, ("att", id), ("connector", connector.GetRawText()), ("host", Member(connector, "host")),
            ("mp", Member(connector, "mountpoint") ?? "na"), ("mode", mode))
        && await work.MetAsync(Statements.VolumeAttaching, ("id", volumeId));

    public Task<bool> ErrorAttachingAsync(string id) => work.MetAsync(Statements.AttachmentError, ("att", id));

    /// <summary>The legacy attach_volume: a new attachment that is attached at once, and a volume in-use.</summary>
    public async Task<bool> AttachedAsync(string id, string volumeId, string? instanceUuid, string? hostName, string mountpoint, string mode)
    {
        await work.ExecuteAsync(
            Statements.AttachmentInsert, ("att", id), ("id", volumeId), ("instance", instanceUuid), ("host", hostName), ("mp", mountpoint), ("mode", mode));
        await work.AdminMetadata.SetAsync(volumeId, AdminMetadata.AttachedMode, mode);
        return await work.MetAsync(
            Statements.VolumeAttachState, ("id", volumeId), ("new", VolumeStatus.InUse), ("attach", VolumeAttachStatus.Attached));
    }

    /// <summary>The legacy detach_volume: the attachment goes, the volume's state is what the others say (volume_detached). False when the volume is gone.</summary>
    /// <param name="id">an attachment that is gone already does no harm.</param>
    public async Task<bool> DetachedAsync(string id, string volumeId)
    {
        // The row is the lock of all its attachments.
        if (await work.Volumes.LockAsync(volumeId) is not { } volume)
        {
            return false;
        }

        await work.ExecuteAsync(Statements.AttachmentDelete, ("att", id));
        var best = await work.ScalarAsync(Statements.AttachmentBestStatus, ("id", volumeId));
        var state = VolumeState.Of(volume, best is not null && VolumeAttachStatus.All.Contains(best, StringComparer.Ordinal) ? best : VolumeAttachStatus.Detached);
        await work.ExecuteAsync(Statements.VolumeAttachState, ("id", volumeId), ("new", state.Status), ("attach", state.Attach));
        await work.AdminMetadata.DeleteAsync(volumeId, AdminMetadata.AttachedMode);
        return true;
    }

    static string? Member(JsonElement connector, string name) =>
        connector.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}

/// <summary>A volume's status and attach_status.</summary>
internal sealed record VolumeState(string? Status, string Attach)
{
    /// <summary>
    /// cinder/db/sqlalchemy/api.py: _get_statuses_from_attachments and the end of volume_detached: a volume that is migrating or uploading keeps its status
    /// when its last attachment goes, because that operation ends it.
    /// </summary>
    /// <param name="best">the first by alphabet of the attachments that are not in error; detached for none.</param>
    public static VolumeState Of(VolumeRow volume, string best)
    {
        var keeps = best == VolumeAttachStatus.Detached
            && (volume.MigrationStatus is { Length: > 0 } || volume.Status == VolumeStatus.Uploading)
            && volume.MigrationStatus is not ("success" or "error");
        var follows = best == VolumeAttachStatus.Attached ? VolumeStatus.InUse : best == VolumeAttachStatus.Detached ? VolumeStatus.Available : best;
        return new(keeps ? volume.Status : follows, best);
    }
}
