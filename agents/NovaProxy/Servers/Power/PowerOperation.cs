using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>An order about power under way.</summary>
internal sealed class PowerOperation(PowerOrder order, PowerOrders orders, OrderEnd end) : IServerOperation
{
    public string Event => order.Event;

    public bool IsUnderWay(Believed row) => row.TaskState == order.TaskState && row.VmState != VmStates.Building;

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        seen.TaskState is not null ? Verdict.Nothing.Instance
        : order.Goal.IsReached(seen) ? Verdict.Done.Instance
        : answers ? ServerReport.Failed(seen, order.Infinitive)
        : Verdict.Nothing.Instance;

    /// <summary>What is to go and is not there is off; nobody shall see an error of what he deleted.</summary>
    public Verdict JudgeGone(Believed row) => order == PowerOrder.SoftDelete ? Verdict.Done.Instance : Verdict.Vanished.Instance;

    public Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var power = seen is null ? PowerState.NoState : ServerReport.PowerOf(seen);
        // nova/compute/manager.py: resume_instance goes back to what suspend_instance found, which its API lets be active only.
        var state = OrderEnd.State(power, order == PowerOrder.Resume ? OldVmState.Of(row) ?? order.VmState : order.VmState);
        return EditOf(row) is { } edit
            ? end.DoneAsync(row, Event, edit, state, [order.TaskState], context, cancelled)
            : end.DoneAsync(row, Event, state, [order.TaskState], context, cancelled);
    }

    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => orders.GiveAsync(order, row, context, cancelled);

    /// <summary>Of the system metadata; null where native does not touch it.</summary>
    Action<JsonObject>? EditOf(VersionedObject row) =>
        order == PowerOrder.Start && ShelvedKeys.Are(row) ? ShelvedKeys.Remove
        : order == PowerOrder.Suspend ? metadata => OldVmState.Put(metadata, row.Text("vm_state"))
        : order == PowerOrder.Resume && OldVmState.Of(row) is not null ? OldVmState.Remove
        : null;
}
