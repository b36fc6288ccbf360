using Cascade.Mirror;
using Cascade.OpenStack;

namespace Cascade.Agent.Child;

/// <summary>A refusal of the child, told with the child's own text and request id (D9).</summary>
public static class ChildWords
{
    public static string Text(CloudFault fault) => fault.RequestId is { } id ? $"{fault.Message} (child request {id})" : fault.Message;

    /// <summary>The refusal inside, whether the answer was lost or not; null when it is something else.</summary>
    public static CloudFault? In(Exception failure) => failure as CloudFault ?? (failure as OutcomeUnknownException)?.InnerException as CloudFault;
}
