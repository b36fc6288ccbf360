using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Cinder.Faults;

/// <summary>What goes wrong with a volume, a snapshot or a group, in the classes, texts and codes of cinder/exception.py.</summary>
public static class VolumeFaults
{
    public static RpcFault VolumeAttached(string volume) => CinderFaults.Cinder(
        "VolumeAttached", $"Volume {volume} is still attached, detach volume first.", 400, new() { ["volume_id"] = volume });

    public static RpcFault VolumeIsBusy(string name) =>
        CinderFaults.Cinder("VolumeIsBusy", $"deleting volume {name} that has snapshot", 500, new() { ["volume_name"] = name });

    /// <summary>Has a user message of its own (<see cref="Messages.MessageDetail.Of"/>).</summary>
    public static RpcFault SnapshotIsBusy(string name) =>
        CinderFaults.Cinder("SnapshotIsBusy", $"deleting snapshot {name} that has dependent volumes", 500, new() { ["snapshot_name"] = name });

    public static RpcFault InvalidVolumeAttachMode(string mode, string volume) => CinderFaults.Cinder(
        "InvalidVolumeAttachMode", $"Invalid attaching mode '{mode}' for volume {volume}.", 400, new() { ["mode"] = mode, ["volume_id"] = volume });

    public static RpcFault ExtendVolumeError(string reason) =>
        CinderFaults.Cinder("ExtendVolumeError", $"Error extending volume: {reason}", 500, new() { ["reason"] = reason });

    public static RpcFault VolumeMigrationFailed(string reason) =>
        CinderFaults.Cinder("VolumeMigrationFailed", $"Volume migration failed: {reason}", 500, new() { ["reason"] = reason });

    public static RpcFault ImageTooBig(string image, string reason) => CinderFaults.Cinder(
        "ImageTooBig", $"Image {image} size exceeded available disk space: {reason}", 400, new() { ["image_id"] = image, ["reason"] = reason });

    public static RpcFault ImageUnacceptable(string image, string reason) => CinderFaults.Cinder(
        "ImageUnacceptable", $"Image {image} is unacceptable: {reason}", 400, new() { ["image_id"] = image, ["reason"] = reason });

    public static RpcFault ImageCopyFailure(string reason) =>
        CinderFaults.Cinder("ImageCopyFailure", $"Failed to copy image to volume: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault MetadataCopyFailure(string reason) =>
        CinderFaults.Cinder("MetadataCopyFailure", $"Failed to copy metadata to volume: {reason}", 400, new() { ["reason"] = reason });

    /// <param name="reference">As the administrator wrote it.</param>
    public static RpcFault ManageExistingInvalidReference(string reference, string reason) => CinderFaults.Cinder(
        "ManageExistingInvalidReference",
        $"Manage existing volume failed due to invalid backend reference {reference}: {reason}",
        500,
        new() { ["existing_ref"] = reference, ["reason"] = reason });

    public static RpcFault ManageExistingAlreadyManaged(string reference) => CinderFaults.Cinder(
        "ManageExistingAlreadyManaged", $"Unable to manage existing volume. Volume {reference} already managed.", 500, new() { ["volume_ref"] = reference });

    public static RpcFault ManageExistingVolumeTypeMismatch(string reason) => CinderFaults.Cinder(
        "ManageExistingVolumeTypeMismatch", $"Manage existing volume failed due to volume type mismatch: {reason}", 500, new() { ["reason"] = reason });

    /// <summary>HTTP 413 with its text. All sizes are GiB.</summary>
    public static RpcFault VolumeSizeExceedsAvailableQuota(string name, int requested, int quota, int consumed) => CinderFaults.Cinder(
        "VolumeSizeExceedsAvailableQuota",
        $"Requested volume or snapshot exceeds allowed {name} quota. Requested {requested}G, quota is {quota}G and {consumed}G has been consumed.",
        413,
        new() { ["name"] = name, ["requested"] = requested, ["quota"] = quota, ["consumed"] = consumed });

    public static RpcFault VolumeLimitExceeded(string name, int allowed) => CinderFaults.Cinder(
        "VolumeLimitExceeded", $"Maximum number of volumes allowed ({allowed}) exceeded for quota '{name}'.", 413, new() { ["name"] = name, ["allowed"] = allowed });

    public static RpcFault InvalidGroup(string reason) => CinderFaults.Cinder("InvalidGroup", $"Invalid Group: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault GroupNotFound(string group) =>
        CinderFaults.Cinder("GroupNotFound", $"Group {group} could not be found.", 404, new() { ["group_id"] = group });

    public static RpcFault GroupSnapshotNotFound(string snapshot) =>
        CinderFaults.Cinder("GroupSnapshotNotFound", $"GroupSnapshot {snapshot} could not be found.", 404, new() { ["group_snapshot_id"] = snapshot });

    /// <summary>The text's lone bracket is cinder's.</summary>
    public static RpcFault UnableToFailOver(string reason) =>
        CinderFaults.Cinder("UnableToFailOver", $"Unable to failover to replication target: {reason}).", 500, new() { ["reason"] = reason });

    public static RpcFault InvalidReplicationTarget(string reason) =>
        CinderFaults.Cinder("InvalidReplicationTarget", $"Invalid Replication Target: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault ReplicationGroupError(string group, string reason) => CinderFaults.Cinder(
        "ReplicationGroupError", $"Group {group} replication error: {reason}.", 500, new() { ["group_id"] = group, ["reason"] = reason });
}
