using Cascade.Mirror;
using Cascade.OpenStack;

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
}
