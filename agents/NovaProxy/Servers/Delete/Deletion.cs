using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Resize;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Delete;

/// <summary>The steps of a delete, each of which may be done again. Within the instance's turn.</summary>
internal sealed class Deletion(
    Instances instances,
    InstanceFaults faults,
    ActionEvents events,
    IAllocations allocations,
    ConsoleAuths consoles,
    ChildServers servers,
    Release networks,
    ResizeLeftovers resizes,
    InstanceVolumes volumes,
    LinkBook book,
    Orders orders,
    Expectations expectations,
    ServerRefusals refusals,
    IEnumerable<ILeftover> leftovers,
    TimeProvider time,
    ILogger<Deletion> log)
{
    /// <summary>Asks the child to delete what is there; when nothing is there any more, ends it in the parent.</summary>
    public async Task GoOnAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        IReadOnlyList<string> going;
        try
        {
            going = await servers.RemoveAsync(row, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            // nova/compute/manager.py: terminate_instance sets the error before its wrappers tell the fault.
            await instances.SaveAsync(context.Elevated(), uuid, new() { ["vm_state"] = VmStates.Error }, null, cancelled);
            throw ChildFaults.ToParent("deleting the server in the child", fault);
        }

        if (going.Count == 0)
        {
            await EndAsync(row, context, cancelled);
            return;
        }

        if (row.Text("task_state") != TaskStates.Deleting)
        {
            // A later life must know from the row that it was to go.
            await instances.SaveAsync(context.Elevated(), uuid, new() { ["task_state"] = TaskStates.Deleting }, null, cancelled);
        }

        orders.Give(uuid, new(Events.Terminate, context, time.GetTimestamp()));
        foreach (var childId in going)
        {
            expectations.Expect(childId);
        }
    }

    /// <summary>The child said that it cannot: visible as an error, the row is kept.</summary>
    public Task FailAsync(VersionedObject row, RpcContext context, string reason, CancellationToken cancelled) =>
        FailAsync(row, context, Contracts.Nova.Faults.NovaFaults.Failed($"deleting the server in the child failed: {reason}"), gone: false, cancelled);

    /// <param name="gone">There is no guest any more: nobody shall miss it.</param>
    async Task FailAsync(VersionedObject row, RpcContext context, RpcFault fault, bool gone, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        await faults.AddAsync(context, uuid, fault, cancelled);
        var changes = new JsonObject { ["vm_state"] = VmStates.Error, ["task_state"] = null };
        if (gone)
        {
            changes["power_state"] = (int)PowerState.NoState;
        }

        await instances.SaveAsync(context.Elevated(), uuid, changes, null, cancelled);
        await FinishAsync(row, context, fault, cancelled);
    }

    /// <summary>In native order: the ports go when the guest has gone, then the volumes are freed, the row says deleted, allocations go before it does, consoles, and the row last (nova/compute/manager.py: _complete_deletion).</summary>
    async Task EndAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var elevated = context.Elevated();
        try
        {
            await networks.AllAsync(row, null, context, cancelled);
        }
        catch (RpcFault fault) when (fault.InnerException is CloudFault)
        {
            // nova/compute/manager.py: _try_deallocate_network: an error to see, and the tenant deletes again.
            await FailAsync(row, context, fault, gone: true, cancelled);
            return;
        }

        await volumes.ReleaseAsync(row, forGood: true, asked: null, context, cancelled);

        try
        {
            var changes = new JsonObject
            {
                ["vm_state"] = VmStates.Deleted,
                ["task_state"] = null,
                ["power_state"] = (int)PowerState.NoState,
                ["terminated_at"] = NovaTime.Of(time.GetUtcNow()),
            };
            await instances.SaveAsync(elevated, uuid, changes, null, cancelled);
        }
        catch (RpcFault gone) when (gone.Is("InstanceNotFound"))
        {
            // nova-api deleted it locally meanwhile; what follows is still ours to clear.
        }

        foreach (var leftover in leftovers)
        {
            await leftover.ClearAsync(row, cancelled);
        }

        await allocations.DeleteAsync(uuid, cancelled);
        await resizes.ClearAsync(row, elevated, cancelled);
        await consoles.CleanAsync(elevated, uuid, cancelled);
        await instances.DestroyAsync(elevated, row, cancelled);
        await FinishAsync(row, context, null, cancelled);
        Log.InstanceDeleted(log, uuid);
    }

    async Task FinishAsync(VersionedObject row, RpcContext context, Exception? fault, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        orders.Done(uuid);
        if (ServerLink.Of(row) is { } childId)
        {
            expectations.Settle(childId);
            book.Remove(childId);
        }

        try
        {
            await events.FinishAsync(context, uuid, Events.Terminate, fault, cancelled);
        }
        catch (RpcFault missing) when (row.Text("vm_state") == VmStates.SoftDeleted && missing.Is("InstanceActionEventNotFound"))
        {
            // What is reclaimed has no event, natively neither.
        }
        catch (RpcFault missing)
        {
            Log.EventUnfinished(log, missing, Events.Terminate, uuid);
        }
    }
}
