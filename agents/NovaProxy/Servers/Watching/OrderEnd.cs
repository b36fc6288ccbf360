using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>How an operation ends in the parent, whichever it is. Within the instance's turn.</summary>
internal sealed class OrderEnd(
    Instances instances, InstanceFaults faults, ActionEvents events, Orders orders, Expectations expectations, ILogger<OrderEnd> log)
{
    /// <summary>As native writes it, and the event is closed.</summary>
    /// <param name="changes">To the instance, with its <c>task_state</c>.</param>
    /// <param name="expected">Task states that the row may have; null when native asks for none.</param>
    public async Task DoneAsync(
        VersionedObject row, string @event, JsonObject changes, IReadOnlyList<string?>? expected, RpcContext context, CancellationToken cancelled)
    {
        await instances.SaveAsync(context, Uuid(row), changes, expected, cancelled);
        await FinishAsync(row, @event, null, context, cancelled);
    }

    /// <inheritdoc cref="DoneAsync(VersionedObject, string, JsonObject, IReadOnlyList{string}, RpcContext, CancellationToken)"/>
    /// <param name="edit">Of the system metadata, which is read again and written with the rest.</param>
    public async Task DoneAsync(
        VersionedObject row,
        string @event,
        Action<JsonObject> edit,
        JsonObject changes,
        IReadOnlyList<string?>? expected,
        RpcContext context,
        CancellationToken cancelled)
    {
        await instances.SaveSystemMetadataAsync(context, Uuid(row), edit, changes, expected, cancelled);
        await FinishAsync(row, @event, null, context, cancelled);
    }

    /// <summary>The order was taken and not carried out: fault, event, task state back to none.</summary>
    public async Task FailedAsync(VersionedObject row, string @event, Verdict.OrderFailed failed, RpcContext context, CancellationToken cancelled)
    {
        var fault = NovaFaults.Failed(failed.Reason);
        await faults.AddAsync(context, Uuid(row), fault, cancelled);
        var changes = new JsonObject { ["power_state"] = (int)failed.Power, ["task_state"] = null };
        if (failed.VmState is { } vmState)
        {
            changes["vm_state"] = vmState;
        }

        await instances.SaveAsync(context, Uuid(row), changes, null, cancelled);
        await FinishAsync(row, @event, fault, context, cancelled);
    }

    /// <summary>As <see cref="FailedAsync(VersionedObject, string, Verdict.OrderFailed, RpcContext, CancellationToken)"/>, with a fault of its own.</summary>
    /// <param name="edit">Of the system metadata; null leaves it.</param>
    /// <param name="changes">To the instance beside its task state, which is taken back.</param>
    public async Task FailedAsync(
        VersionedObject row, string @event, Exception fault, Action<JsonObject>? edit, JsonObject changes, RpcContext context, CancellationToken cancelled)
    {
        await faults.AddAsync(context, Uuid(row), fault, cancelled);
        var all = changes.DeepClone().AsObject();
        all["task_state"] = null;
        if (edit is null)
        {
            await instances.SaveAsync(context, Uuid(row), all, null, cancelled);
        }
        else
        {
            await instances.SaveSystemMetadataAsync(context, Uuid(row), edit, all, null, cancelled);
        }

        await FinishAsync(row, @event, fault, context, cancelled);
    }

    /// <summary>
    /// The server went away behind the parent's back: an error to see, the row is kept (D8). One that is shelved is so still, without power, as natively (nova/compute/manager.py:
    /// _sync_instance_power_state has no case for it): its image is whole, and from an error it could be neither offloaded nor unshelved (nova/compute/api.py: shelve_offload, unshelve).
    /// </summary>
    /// <param name="event">Of what was under way, null when nothing was.</param>
    public async Task VanishedAsync(VersionedObject row, string? @event, RpcContext context, CancellationToken cancelled)
    {
        var fault = NovaFaults.Failed($"the server {ServerLink.Of(row)} was deleted in the child, not by this cloud");
        await faults.AddAsync(context, Uuid(row), fault, cancelled);
        var vmState = row.Text("vm_state") == VmStates.Shelved ? VmStates.Shelved : VmStates.Error;
        var changes = new JsonObject { ["power_state"] = (int)PowerState.NoState, ["vm_state"] = vmState, ["task_state"] = null };
        await instances.SaveAsync(context, Uuid(row), changes, null, cancelled);
        Log.ServerVanished(log, ServerLink.Of(row) ?? "?", Uuid(row));
        await FinishAsync(row, @event, fault, context, cancelled);
    }

    /// <summary>What was under way is over: forgotten here, its event closed there.</summary>
    public async Task FinishAsync(VersionedObject row, string? @event, Exception? fault, RpcContext context, CancellationToken cancelled)
    {
        orders.Done(Uuid(row));
        if (ServerLink.Of(row) is { } childId)
        {
            expectations.Settle(childId);
        }

        if (@event is not null)
        {
            await CloseAsync(Uuid(row), @event, fault, context, cancelled);
        }
    }

    /// <summary>One step is over and the next goes on: its event is closed, what was ordered is still under way.</summary>
    public Task CloseAsync(string uuid, string @event, RpcContext context, CancellationToken cancelled) => CloseAsync(uuid, @event, null, context, cancelled);

    /// <summary>An event that is not there (an earlier life ended it, the row is gone) is no failure.</summary>
    async Task CloseAsync(string uuid, string @event, Exception? fault, RpcContext context, CancellationToken cancelled)
    {
        if (await events.TryFinishAsync(log, context, uuid, @event, fault, cancelled))
        {
            Log.OrderDone(log, @event, uuid, fault?.Message ?? "done");
        }
    }

    /// <summary>What every end writes.</summary>
    public static JsonObject State(PowerState power, string vmState) => new()
    {
        ["power_state"] = (int)power,
        ["vm_state"] = vmState,
        ["task_state"] = null,
    };

    static string Uuid(VersionedObject row) => row.Text("uuid")!;
}
