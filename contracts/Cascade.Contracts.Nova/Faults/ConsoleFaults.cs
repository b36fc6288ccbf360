using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Nova.Faults;

/// <summary>Why there is no console (nova/exception.py). The first two are HTTP 400, the last 409.</summary>
public static class ConsoleFaults
{
    public static RpcFault Invalid(string? type) =>
        NovaFaults.Nova("ConsoleTypeInvalid", $"Invalid console type {type}", 400, new() { ["console_type"] = type });

    /// <param name="why">The words of who refuses it.</param>
    public static RpcFault Unavailable(string? type, string why) =>
        NovaFaults.Nova("ConsoleTypeUnavailable", $"Unavailable console type {type}: {why}", 400, new() { ["console_type"] = type });

    /// <param name="why">The words of who refuses it.</param>
    public static RpcFault NotReady(string uuid, string why) =>
        NovaFaults.Nova("InstanceNotReady", $"Instance {uuid} is not ready: {why}", 409, new() { ["instance_id"] = uuid });
}
