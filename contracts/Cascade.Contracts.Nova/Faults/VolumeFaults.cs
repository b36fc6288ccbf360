using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Nova.Faults;

/// <summary>What goes wrong with volumes, in the classes, texts and codes of nova/exception.py (nova/volume/cinder.py and nova/virt/block_device.py raise them).</summary>
public static class VolumeFaults
{
    public static RpcFault VolumeNotFound(string volume) =>
        NovaFaults.Nova("VolumeNotFound", $"Volume {volume} could not be found.", 404, new() { ["volume_id"] = volume });

    public static RpcFault SnapshotNotFound(string snapshot) =>
        NovaFaults.Nova("SnapshotNotFound", $"Snapshot {snapshot} could not be found.", 404, new() { ["snapshot_id"] = snapshot });

    public static RpcFault AttachmentNotFound(string attachment) => NovaFaults.Nova(
        "VolumeAttachmentNotFound", $"Volume attachment {attachment} could not be found.", 404, new() { ["attachment_id"] = attachment });

    public static RpcFault TaggedAttachNotSupported() =>
        NovaFaults.Nova("VolumeTaggedAttachNotSupported", "Tagged volume attachment is not supported for this server instance.", 400);

    public static RpcFault MultiattachNotSupported(string volume) => NovaFaults.Nova(
        "MultiattachNotSupportedByVirtDriver",
        $"Volume {volume} has 'multiattach' set, which is not supported for this instance.",
        409,
        new() { ["volume_id"] = volume });

    public static RpcFault TooManyDiskDevices(int maximum) => NovaFaults.Nova(
        "TooManyDiskDevices",
        $"The maximum allowed number of disk devices ({maximum}) to attach to a single instance has been exceeded.",
        403,
        new() { ["maximum"] = maximum });

    public static RpcFault VolumeNotCreated(string volume, int seconds, int attempts, string status) => NovaFaults.Nova(
        "VolumeNotCreated",
        $"Volume {volume} did not finish being created even after we waited {seconds} seconds or {attempts} attempts. And its status is {status}.",
        500,
        new() { ["volume_id"] = volume, ["seconds"] = seconds, ["attempts"] = attempts, ["volume_status"] = status });

    public static RpcFault VolumeAttachFailed(string volume, string why) => NovaFaults.Nova(
        "VolumeAttachFailed", $"Volume {volume} could not be attached. Reason: {why}", 400, new() { ["volume_id"] = volume, ["reason"] = why });

    public static RpcFault DeviceDetachFailed(string device, string why) =>
        NovaFaults.Nova("DeviceDetachFailed", $"Device detach failed for {device}: {why}", 500, new() { ["device"] = device, ["reason"] = why });

    public static RpcFault OverQuota(string message, Exception? inner = null) => NovaFaults.Nova("OverQuota", message, 413, inner: inner);

    public static RpcFault Forbidden(string message, Exception? inner = null) => NovaFaults.Nova("Forbidden", message, 403, inner: inner);

    public static RpcFault InvalidInput(string reason, Exception? inner = null) =>
        NovaFaults.Nova("InvalidInput", $"Invalid input received: {reason}", 400, new() { ["reason"] = reason }, inner);

    public static RpcFault CinderConnectionFailed(string reason, Exception? inner = null) =>
        NovaFaults.Nova("CinderConnectionFailed", $"Connection to cinder host failed: {reason}", 500, new() { ["reason"] = reason }, inner);
}
