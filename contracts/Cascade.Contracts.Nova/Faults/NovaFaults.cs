using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Nova.Faults;

/// <summary>
/// The exceptions of nova that a compute answers with. The module must be exactly <c>nova.exception</c> or <c>builtins</c>: any other class is
/// HTTP 500 at the API (oslo_messaging/_drivers/common.py: deserialize_remote_exception; nova/rpc.py: ALLOWED_EXMODS). <c>code</c> as in nova/exception.py.
/// </summary>
public static class NovaFaults
{
    public const string Module = "nova.exception";

    /// <summary>HTTP 501 where the controller expects it (consoles, password, diagnostics, host actions).</summary>
    public static RpcFault NotImplemented(string why) => new("builtins", "NotImplementedError", why);

    /// <summary>A plain failure: nova.exception.NovaException.</summary>
    public static RpcFault Failed(string message, Exception? inner = null) => Nova("NovaException", message, 500, inner: inner);

    public static RpcFault InstanceNotFound(string uuid) =>
        Nova("InstanceNotFound", $"Instance {uuid} could not be found.", 404, new() { ["instance_id"] = uuid });

    public static RpcFault InstanceNotReady(string uuid) =>
        Nova("InstanceNotReady", $"Instance {uuid} is not ready", 400, new() { ["instance_id"] = uuid });

    public static RpcFault InstanceInvalidState(string uuid, string attr, string? state, string method) =>
        Nova(
            "InstanceInvalidState",
            $"Instance {uuid} in {attr} {state}. Cannot {method} while the instance is in this state.",
            400,
            new() { ["attr"] = attr, ["instance_uuid"] = uuid, ["state"] = state, ["method"] = method });

    public static RpcFault InstancePasswordSetFailed(string uuid, string reason) =>
        Nova("InstancePasswordSetFailed", $"Failed to set admin password on {uuid} because {reason}", 500, new() { ["instance"] = uuid, ["reason"] = reason });

    public static RpcFault InstanceQuiesceNotSupported(string uuid, string reason) =>
        Nova("InstanceQuiesceNotSupported", $"Quiescing is not supported in instance {uuid}: {reason}", 400, new() { ["instance_id"] = uuid });

    public static RpcFault AttachInterfaceNotSupported(string uuid) =>
        Nova("AttachInterfaceNotSupported", $"Attaching interfaces is not supported for instance {uuid}.", 400, new() { ["instance_uuid"] = uuid });

    public static RpcFault ConsoleTypeUnavailable(string consoleType) =>
        Nova("ConsoleTypeUnavailable", $"Unavailable console type {consoleType}.", 400, new() { ["console_type"] = consoleType });

    public static RpcFault ConsoleNotAvailable() => Nova("ConsoleNotAvailable", "Guest does not have a console available.", 404);

    public static RpcFault InvalidVolume(string reason) => Nova("InvalidVolume", $"Invalid volume: {reason}", 400, new() { ["reason"] = reason });

    public static RpcFault MigrationPreCheckError(string reason) =>
        Nova("MigrationPreCheckError", $"Migration pre-check error: {reason}", 500, new() { ["reason"] = reason });

    public static RpcFault MigrationError(string reason) => Nova("MigrationError", $"Migration error: {reason}", 500, new() { ["reason"] = reason });

    public static RpcFault BuildAbort(string uuid, string reason) =>
        Nova("BuildAbortException", $"Build of instance {uuid} aborted: {reason}", 500, new() { ["instance_uuid"] = uuid, ["reason"] = reason });

    public static RpcFault Rescheduled(string uuid, string reason) =>
        Nova("RescheduledException", $"Build of instance {uuid} was re-scheduled: {reason}", 500, new() { ["instance_uuid"] = uuid, ["reason"] = reason });

    public static RpcFault ComputeResourcesUnavailable(string reason) =>
        Nova("ComputeResourcesUnavailable", $"Insufficient compute resources: {reason}.", 500, new() { ["reason"] = reason });

    /// <summary>The instance is somebody else's by now: whoever works on it stops and undoes nothing of theirs (nova/compute/manager.py: _do_build_and_run_instance).</summary>
    public static RpcFault UnexpectedTaskState(string uuid, string reason) =>
        Nova("UnexpectedTaskStateError", $"Conflict updating instance {uuid}. {reason}", 500, new() { ["instance_uuid"] = uuid, ["reason"] = reason });

    public static RpcFault GroupAffinityViolation(string uuid, string policy) =>
        Nova("GroupAffinityViolation", $"{policy} instance group policy was violated", 500, new() { ["instance_uuid"] = uuid, ["policy"] = policy });

    public static RpcFault InstancePowerOffFailure(string reason) =>
        Nova("InstancePowerOffFailure", $"Failed to power off instance: {reason}", 500, new() { ["reason"] = reason });

    public static RpcFault InstancePowerOnFailure(string reason) =>
        Nova("InstancePowerOnFailure", $"Failed to power on instance: {reason}", 500, new() { ["reason"] = reason });

    public static RpcFault InstanceRebootFailure(string reason) =>
        Nova("InstanceRebootFailure", $"Failed to reboot instance: {reason}", 500, new() { ["reason"] = reason });

    /// <summary>Any class of nova.exception, with its values and the <c>code</c> that nova gives it.</summary>
    public static RpcFault Nova(string @class, string message, int code, JsonObject? kwargs = null, Exception? inner = null)
    {
        kwargs ??= [];
        kwargs["code"] = code;
        return new(Module, @class, message, kwargs, inner: inner);
    }
}
