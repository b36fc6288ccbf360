using Cascade.Mirror;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NeutronAgent.Looking;

/// <summary>What went wrong, in words for the log and for <c>mirror list</c>.</summary>
public static class Faults
{
    public static string Text(Exception fault) => fault switch
    {
        CloudFault child => child.RequestId is { } id ? $"{child.Message} (child request {id})" : child.Message,
        OutcomeUnknownException { InnerException: CloudFault child } => Text(child),
        _ => $"{fault.GetType().Name}: {fault.Message}",
    };

    /// <summary>Whether the child said no for good: the same words will not be taken a moment later.</summary>
    public static bool IsFinal(CloudFault fault) => fault.Kind is FaultKind.Invalid or FaultKind.Forbidden or FaultKind.OverQuota or FaultKind.Unsupported;

    /// <summary>Whether the child will not have one thing now, or has not said: what stands between that thing and the child, and nothing else.</summary>
    public static bool IsOfChild(Exception fault) => fault is RefusedException or CloudFault or OutcomeUnknownException;

    /// <summary>Whether the parent does not take or tell something now: it refused, was silent, or something else has to happen first.</summary>
    public static bool IsOfParent(Exception fault) => fault is RpcFault or RpcTimeoutException or LaterException;
}
