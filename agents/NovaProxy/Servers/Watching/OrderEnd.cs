using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>The ends of start, stop and reboot, as nova writes them. Within the instance's turn.</summary>
internal sealed class OrderEnd(
    Instances instances, InstanceFaults faults, ActionEvents events, Orders orders, Expectations expectations, ILogger<OrderEnd> log)
{
    /// <param name="alsoIdle">The task state may be none already: the guest was off when the stop came (nova/compute/manager.py: stop_instance).</param>
    public Task StoppedAsync(VersionedObject row, PowerState power, RpcContext context, bool alsoIdle, CancellationToken cancelled) =>
        DoneAsync(row, Events.Stop, State(power, VmStates.Stopped), alsoIdle ? [TaskStates.PoweringOff, null] : [TaskStates.PoweringOff], context, cancelled);

    public async Task StartedAsync(VersionedObject row, PowerState power, RpcContext context, CancellationToken cancelled)
    {
        var state = State(power, VmStates.Active);
        if (row.Data["system_metadata"] is JsonObject metadata && metadata.Any(item => IsShelved(item.Key)))
        {
            // nova/compute/utils.py: remove_shelved_keys_from_system_metadata.
            await instances.SaveSystemMetadataAsync(context, Uuid(row), Unshelve, state, [TaskStates.PoweringOn], cancelled);
            await FinishAsync(row, Events.Start, null, context, cancelled);
            return;
        }

        await DoneAsync(row, Events.Start, state, [TaskStates.PoweringOn], context, cancelled);
    }

    public Task RebootedAsync(VersionedObject row, PowerState power, RpcContext context, CancellationToken cancelled) =>
        DoneAsync(row, Events.Reboot, State(power, row.Text("vm_state") == VmStates.Rescued ? VmStates.Rescued : VmStates.Active), null, context, cancelled);

    /// <summary>The order was taken and not carried out: fault, event, task state back to none.</summary>
    public async Task FailedAsync(VersionedObject row, Verdict.OrderFailed failed, RpcContext context, CancellationToken cancelled)
    {
        var @event = EventOf(row.Text("task_state"));
        var fault = NovaFaults.Failed(failed.Reason);
        await faults.AddAsync(context, Uuid(row), fault, cancelled);
        var changes = new JsonObject { ["power_state"] = (int)failed.Power, ["task_state"] = null };
        if (failed.Broken)
        {
            changes["vm_state"] = VmStates.Error;
        }

        await instances.SaveAsync(context, Uuid(row), changes, null, cancelled);
        await FinishAsync(row, @event, fault, context, cancelled);
    }

    /// <summary>The server went away behind the parent's back: an error to see, the row is kept (D8).</summary>
    public async Task VanishedAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var fault = NovaFaults.Failed($"the server {ServerLink.Of(row)} was deleted in the child, not by this cloud");
        await faults.AddAsync(context, Uuid(row), fault, cancelled);
        var changes = new JsonObject { ["power_state"] = (int)PowerState.NoState, ["vm_state"] = VmStates.Error, ["task_state"] = null };
        await instances.SaveAsync(context, Uuid(row), changes, null, cancelled);
        Log.ServerVanished(log, ServerLink.Of(row) ?? "?", Uuid(row));
        await FinishAsync(row, row.Text("task_state") is { } task ? EventOf(task) : null, fault, context, cancelled);
    }

    async Task DoneAsync(
        VersionedObject row, string @event, JsonObject changes, IReadOnlyList<string?>? expected, RpcContext context, CancellationToken cancelled)
    {
        await instances.SaveAsync(context, Uuid(row), changes, expected, cancelled);
        await FinishAsync(row, @event, null, context, cancelled);
    }

    async Task FinishAsync(VersionedObject row, string? @event, Exception? fault, RpcContext context, CancellationToken cancelled)
    {
        orders.Done(Uuid(row));
        if (ServerLink.Of(row) is { } childId)
        {
            expectations.Settle(childId);
        }

        if (@event is null)
        {
            return;
        }

        try
        {
            await events.FinishAsync(context, Uuid(row), @event, fault, cancelled);
            Log.OrderDone(log, @event, Uuid(row), fault?.Message ?? "done");
        }
        catch (RpcFault missing)
        {
            Log.EventUnfinished(log, missing, @event, Uuid(row));
        }
    }

    static string? EventOf(string? taskState) =>
        taskState == TaskStates.PoweringOff ? Events.Stop
        : taskState == TaskStates.PoweringOn ? Events.Start
        : RebootServer.Chain(hard: true).Concat(RebootServer.Chain(hard: false)).Contains(taskState) ? Events.Reboot
        : null;

    static JsonObject State(PowerState power, string vmState) => new()
    {
        ["power_state"] = (int)power,
        ["vm_state"] = vmState,
        ["task_state"] = null,
    };

    static bool IsShelved(string key) => key is "shelved_at" or "shelved_image_id" or "shelved_host";

    static void Unshelve(JsonObject metadata)
    {
        foreach (var key in metadata.Select(item => item.Key).Where(IsShelved).ToList())
        {
            metadata.Remove(key);
        }
    }

    static string Uuid(VersionedObject row) => row.Text("uuid")!;
}
