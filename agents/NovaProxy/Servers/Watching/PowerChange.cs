using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>
/// A power state that changed without the parent, ended as the native sync ends it: written, and where it contradicts the vm_state the compute stops the
/// instance by itself, with an action that has no user (nova/compute/manager.py: _sync_instance_power_state; compute/api.py: force_stop).
/// </summary>
internal sealed class PowerChange(Instances instances, ActionEvents events, OrderEnd end, PowerOrders power, ILogger<PowerChange> log)
{
    public async Task TellAsync(VersionedObject row, Verdict.PowerChanged changed, Server seen, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var context = RequestIds.Admin();
        if (row.Number("power_state") != (int)changed.Power)
        {
            await instances.SaveAsync(context, uuid, new() { ["power_state"] = (int)changed.Power }, null, cancelled);
        }

        if (!changed.Stop)
        {
            return;
        }

        try
        {
            var order = new JsonObject { ["task_state"] = TaskStates.PoweringOff, ["progress"] = 0 };
            await instances.SaveAsync(context, uuid, order, [null], cancelled);
        }
        catch (RpcFault busy) when (busy.IsBusy())
        {
            // A tenant was faster: his intent is younger than what we saw (D7).
            return;
        }

        Log.StoppedByItself(log, seen.Id, uuid, row.Text("vm_state") ?? "-", changed.Power);
        await events.ActionStartAsync(context, uuid, "stop", cancelled);
        await events.StartAsync(context, uuid, Events.Stop, cancelled);
        if (PowerGoal.Off.IsReached(seen))
        {
            // Off already when the stop came (nova/compute/manager.py: stop_instance expects none, too, then).
            await end.DoneAsync(
                row, Events.Stop, OrderEnd.State(changed.Power, VmStates.Stopped), [TaskStates.PoweringOff, null], context, cancelled);
        }
        else
        {
            await StopAsync(row, changed, context, cancelled);
        }
    }

    /// <summary>What the child refuses is over: the next change of its power is told anew (nova/compute/manager.py: stop_instance and its wrappers).</summary>
    async Task StopAsync(VersionedObject row, Verdict.PowerChanged changed, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await power.GiveAsync(PowerOrder.Stop, row, context, cancelled);
        }
        catch (RpcFault refused) when (refused.InnerException is CloudFault)
        {
            await end.FailedAsync(row, Events.Stop, new(refused.Message, changed.Power, null), context, cancelled);
        }
    }
}
