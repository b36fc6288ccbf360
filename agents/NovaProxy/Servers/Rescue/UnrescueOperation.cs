using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Rescue;

/// <summary>The way back from a rescue.</summary>
internal sealed class UnrescueOperation(RescueServer rescue, OrderEnd end) : IServerOperation
{
    public string Event => Events.Unrescue;

    public bool IsUnderWay(Believed row) => row.TaskState == TaskStates.Unrescuing;

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        seen.TaskState is not null ? Verdict.Nothing.Instance
        : seen.Status == "ACTIVE" ? Verdict.Done.Instance
        : answers ? ServerReport.Failed(seen, "unrescue", VmStates.Error)
        : Verdict.Nothing.Instance;

    public Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled) =>
        end.DoneAsync(row, Event, OrderEnd.State(ServerReport.PowerOf(seen!), VmStates.Active), [TaskStates.Unrescuing], context, cancelled);

    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => rescue.UnrescueAsync(row, context, cancelled);
}
