using Cascade.Contracts.Nova.Faults;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Child;

/// <summary>A refusal of the child in the parent's words, with the child's own text and request id (D9).</summary>
internal static class ChildFaults
{
    public static string Text(CloudFault fault) => ChildWords.Text(fault);

    /// <param name="doing">What was tried, for instance <c>stopping the server in the child</c>.</param>
    public static RpcFault ToParent(string doing, CloudFault fault) =>
        NovaFaults.Nova("NovaException", $"{doing} failed: {Text(fault)}", fault.Status ?? 500, inner: fault);

    public static RpcFault Away(string? reason) =>
        NovaFaults.Nova("InstanceNotReady", $"The cloud that holds this instance does not answer: {reason ?? "unknown"}. Try again later.", 409);

    /// <summary>The refusal inside, whether the answer was lost or not.</summary>
    public static CloudFault? In(Exception failure) => ChildWords.In(failure);
}
