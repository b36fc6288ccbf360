using Cascade.Oslo.Wire.Failures;

namespace Cascade.Contracts.Nova.Faults;

/// <summary>What nova says when an instance is not as whoever saves it believes (nova/objects/instance.py: Instance.save).</summary>
public static class SaveRefusals
{
    /// <summary>The instance is being deleted, or is gone.</summary>
    public static bool IsGoing(this RpcFault fault) => fault.Is("InstanceNotFound") || fault.Is("UnexpectedDeletingTaskStateError");

    /// <summary>Somebody was faster: it has another task by now, its deletion among them.</summary>
    public static bool IsBusy(this RpcFault fault) => fault.Is("UnexpectedTaskStateError") || fault.Is("UnexpectedDeletingTaskStateError");
}
