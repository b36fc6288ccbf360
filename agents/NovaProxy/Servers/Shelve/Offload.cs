using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>
/// A shelved instance leaves the child: its server is deleted, what it held in the parent's placement is free, and it is on no host; ports and volumes stay its own
/// (nova/compute/manager.py: _shelve_offload_instance). Each step may be done again. Within the instance's turn.
/// </summary>
internal sealed class Offload(
    ChildServers servers,
    IAllocations allocations,
    PortsLeft ports,
    InstanceVolumes volumes,
    LinkBook book,
    Orders orders,
    Expectations expectations,
    ServerRefusals refusals,
    OrderEnd end,
    TimeProvider time,
    ILogger<Offload> log)
{
    /// <summary>Asks the child to delete what is there; when nothing is there any more, ends it in the parent.</summary>
    /// <param name="event">The one that is open: a shelve goes on in its own.</param>
    public async Task GoOnAsync(VersionedObject row, string @event, RpcContext context, CancellationToken cancelled)
    {
        var going = await refusals.AskAsync("deleting the server in the child", () => servers.RemoveAsync(row, cancelled), cancelled);
        if (going.Count == 0)
        {
            await EndAsync(row, @event, context, cancelled);
            return;
        }

        orders.Give(row.Text("uuid")!, new(@event, context, time.GetTimestamp()));
        foreach (var childId in going)
        {
            expectations.Expect(childId);
        }
    }

    /// <summary>It is still shelved, and still in the child.</summary>
    public Task FailAsync(VersionedObject row, string @event, RpcFault why, RpcContext context, CancellationToken cancelled) =>
        end.FailedAsync(row, @event, why, SnapshotNote.Remove, [], context.Elevated(), cancelled);

    /// <summary>
    /// The event that is open, and its request: the ones of this life's order, else those of the shelve whose note is still there, else of an order to offload.
    /// </summary>
    public (string Event, RpcContext Context) Open(VersionedObject row, RpcContext context) =>
        orders.Of(row.Text("uuid")!) is { } order ? (order.Event, order.Context)
        : SnapshotNote.Of(row) is { } note ? (Events.Shelve, note.Context)
        : (Events.ShelveOffload, context);

    /// <summary>
    /// Its volumes without a connection, so that the child's are free; free in placement before the tenant sees that it is; off the host in the same write, for nobody
    /// would come back for a second one.
    /// </summary>
    async Task EndAsync(VersionedObject row, string @event, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        await ports.UnbindAsync(row, cancelled);
        await volumes.RenewAsync(row, context, cancelled);
        await allocations.DeleteAsync(uuid, cancelled);
        var changes = new JsonObject
        {
            ["power_state"] = row.Text("vm_state") == VmStates.Active ? (int)PowerState.Shutdown : row.Number("power_state"),
            ["vm_state"] = VmStates.ShelvedOffloaded,
            ["task_state"] = null,
            ["host"] = null,
            ["node"] = null,
            ["launched_on"] = null,
            ["availability_zone"] = null,
        };
        await end.DoneAsync(row, @event, Unmark, changes, [TaskStates.Shelving, TaskStates.ShelvingOffloading], context.Elevated(), cancelled);
        if (ServerLink.Of(row) is { } childId)
        {
            book.Remove(childId);
        }

        Log.Offloaded(log, uuid);
    }

    static void Unmark(JsonObject metadata)
    {
        ServerLink.Remove(metadata);
        SnapshotNote.Remove(metadata);
    }
}
