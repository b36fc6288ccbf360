using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Shelve;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Power;

/// <summary>A start or a stop under way.</summary>
internal sealed class PowerOperation(PowerOrder order, PowerOrders orders, ShelvedImages shelved, OrderEnd end) : IServerOperation
{
    public string Event => order.Event;

    public bool IsUnderWay(Believed row) => row.TaskState == order.TaskState && row.VmState != VmStates.Building;

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        seen.TaskState is not null ? Verdict.Nothing.Instance
        : seen.Status == order.Status ? Verdict.Done.Instance
        : answers ? ServerReport.Failed(seen, order.Infinitive)
        : Verdict.Nothing.Instance;

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var state = OrderEnd.State(ServerReport.PowerOf(seen!), order.VmState);
        if (order == PowerOrder.Start && ShelvedKeys.Are(row))
        {
            await shelved.DeleteAsync(row, cancelled);
            await end.DoneAsync(row, Event, ShelvedKeys.Remove, state, [order.TaskState], context, cancelled);
        }
        else
        {
            await end.DoneAsync(row, Event, state, [order.TaskState], context, cancelled);
        }
    }

    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => orders.GiveAsync(order, row, context, cancelled);
}
