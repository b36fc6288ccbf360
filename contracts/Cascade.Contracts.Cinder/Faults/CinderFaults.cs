using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Cinder.Faults;

/// <summary>
/// The exceptions of cinder that a cinder-volume answers a call with, in the texts and codes of cinder/exception.py. The module must be exactly
/// <c>cinder.exception</c>, and the class one that the parent's release has: any other is HTTP 500 (cinder/rpc.py: ALLOWED_EXMODS). What derives from Invalid,
/// NotFound or NotAuthorized keeps its text on the way to the tenant, and a traceback would be appended to it; a 500 does not. No class here has
/// <c>%(message)s</c> in its template: those are formatted twice. A cast is answered by nobody: its failures are states and <see cref="Messages.UserMessage"/>s.
/// </summary>
public static class CinderFaults
{
    public const string Module = "cinder.exception";

    /// <summary>A plain failure: CinderException, 500.</summary>
    public static RpcFault Failed(string message, Exception? inner = null) => Cinder("CinderException", message, 500, inner: inner);

    public static RpcFault InvalidInput(string reason, Exception? inner = null) =>
        Cinder("InvalidInput", $"Invalid input received: {reason}", 400, new() { ["reason"] = reason }, inner);

    /// <summary>POST and PUT /attachments pass it on with its text, from 2025.1 on other Invalid classes too.</summary>
    public static RpcFault InvalidVolume(string reason, Exception? inner = null) =>
        Cinder("InvalidVolume", $"Invalid volume: {reason}", 400, new() { ["reason"] = reason }, inner);

    public static RpcFault InvalidSnapshot(string reason) => Cinder("InvalidSnapshot", $"Invalid snapshot: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault InvalidBackup(string reason) => Cinder("InvalidBackup", $"Invalid backup: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault InvalidVolumeType(string reason) => Cinder("InvalidVolumeType", $"Invalid volume type: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault InvalidHost(string reason) => Cinder("InvalidHost", $"Invalid host: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault VolumeNotFound(string volume) =>
        Cinder("VolumeNotFound", $"Volume {volume} could not be found.", 404, new() { ["volume_id"] = volume });

    public static RpcFault SnapshotNotFound(string snapshot) =>
        Cinder("SnapshotNotFound", $"Snapshot {snapshot} could not be found.", 404, new() { ["snapshot_id"] = snapshot });

    /// <param name="filter">What was looked for, for instance <c>attachment_id = …</c>.</param>
    public static RpcFault VolumeAttachmentNotFound(string filter) =>
        Cinder("VolumeAttachmentNotFound", $"Volume attachment could not be found with filter: {filter}.", 404, new() { ["filter"] = filter });

    public static RpcFault VolumeTypeNotFound(string type) =>
        Cinder("VolumeTypeNotFound", $"Volume type {type} could not be found.", 404, new() { ["volume_type_id"] = type });

    public static RpcFault ImageNotFound(string image) =>
        Cinder("ImageNotFound", $"Image {image} could not be found.", 404, new() { ["image_id"] = image });

    /// <summary>HTTP 405: what a child cannot do.</summary>
    public static RpcFault NotSupportedOperation(string operation) =>
        Cinder("NotSupportedOperation", $"Operation not supported: {operation}.", 405, new() { ["operation"] = operation });

    /// <param name="why">Instead of the class' own text.</param>
    public static RpcFault NotAuthorized(string? why = null, Exception? inner = null) => Cinder("NotAuthorized", why ?? "Not authorized.", 403, inner: inner);

    /// <summary>HTTP 500 without its text; POST /attachments shows it all the same. Nova asks five times for a 500.</summary>
    public static RpcFault VolumeBackendApi(string data, Exception? inner = null) => Cinder(
        "VolumeBackendAPIException", $"Bad or unexpected response from the storage volume backend API: {data}", 500, new() { ["data"] = data }, inner);

    /// <summary>HTTP 500: nothing was read from the child yet.</summary>
    public static RpcFault DriverNotInitialized() => Cinder("DriverNotInitialized", "Volume driver not ready.", 500);

    /// <summary>HTTP 400, for all its name.</summary>
    public static RpcFault ServiceUnavailable(Exception? inner = null) => Cinder("ServiceUnavailable", "Service is unavailable at this time.", 400, inner: inner);

    /// <summary>HTTP 409 with its text, in every release.</summary>
    /// <param name="instance">The parent's.</param>
    public static RpcFault ConflictNovaUsingAttachment(string instance) => Cinder(
        "ConflictNovaUsingAttachment", $"Detach volume from instance {instance} using the Compute API", 409, new() { ["instance_id"] = instance });

    /// <summary>HTTP 409 from 2025.1 on; Zed has no such class and answers 500.</summary>
    public static RpcFault ResourceConflict(string reason) => Cinder("ResourceConflict", $"Resource conflict: {reason}", 409, new() { ["reason"] = reason });

    /// <summary>Any class of cinder.exception, with its values and the <c>code</c> that cinder gives it.</summary>
    /// <param name="class">Of the parent's release.</param>
    /// <param name="message">The final text: it becomes <c>args[0]</c> and is not formatted again.</param>
    public static RpcFault Cinder(string @class, string message, int code, JsonObject? kwargs = null, Exception? inner = null)
    {
        kwargs ??= [];
        kwargs["code"] = code;
        return new(Module, @class, message, kwargs, traceback: [], inner);
    }
}
