using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Rescue;

/// <summary>A rescue under way.</summary>
internal sealed class RescueOperation(RescueServer rescue, OrderEnd end, TimeProvider time) : IServerOperation
{
    public string Event => Events.Rescue;

    public bool IsUnderWay(Believed row) => row.TaskState == TaskStates.Rescuing;

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        seen.TaskState is not null ? Verdict.Nothing.Instance
        : seen.Status == "RESCUE" ? Verdict.Done.Instance
        // nova/compute/manager.py: rescue_instance: what fails once the guest is off is an error.
        : answers ? ServerReport.Failed(seen, "rescue", seen.Status == "ERROR" ? VmStates.Error : null)
        : Verdict.Nothing.Instance;

    public Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var changes = OrderEnd.State(ServerReport.PowerOf(seen!), VmStates.Rescued);
        changes["launched_at"] = NovaTime.Of(time.GetUtcNow());
        return end.DoneAsync(row, Event, changes, [TaskStates.Rescuing], context, cancelled);
    }

    /// <summary>Neither the password nor the image is known any more: the child takes its own.</summary>
    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => rescue.RescueAsync(row, null, null, context, cancelled);
}
