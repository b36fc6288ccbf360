using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>
/// What a native compute writes before it spawns what it unshelves, and connects (nova/compute/manager.py: _unshelve_instance). A step that an earlier life did is left out.
/// </summary>
internal sealed class UnshelveSteps(Instances instances, IAllocations allocations, InstanceVolumes volumes, HostIdentity identity)
{
    /// <summary>What a server is made of beside <see cref="Instances.UsualAttrs"/>.</summary>
    static readonly string[] Attrs = [.. Instances.UsualAttrs, "tags", "keypairs"];

    /// <summary>
    /// The scheduler gave it to another host: an earlier life undid this order and did not live to say that it was done with the message, and the instance is unshelved anew since.
    /// Its row says nothing of that until the other host has claimed it.
    /// </summary>
    public async Task<bool> IsElsewhereAsync(string uuid, CancellationToken cancelled)
    {
        try
        {
            return await allocations.GetAsync(uuid, cancelled) is { } held && !held.Allocations.ContainsKey(identity.NodeUuid.ToString("D"));
        }
        catch (CloudFault)
        {
            // The claim asks again, and there it is told.
            return false;
        }
    }

    /// <returns>The row as the server is to be made from it.</returns>
    /// <exception cref="Oslo.Wire.Failures.RpcFault">ComputeResourcesUnavailable: no allocation. BuildAbortException: a volume cannot be connected. It is being deleted.</exception>
    public async Task<VersionedObject> TakeAsync(UnshelveInstance call, VersionedObject row, RpcContext context, Turn turn)
    {
        var uuid = row.Text("uuid")!;
        await ClaimAsync(call, row, context.Elevated(), turn.Cancelled);
        var whole = await instances.GetAsync(context.Elevated(), uuid, Attrs, turn.Cancelled) ?? throw NovaFaults.InstanceNotFound(uuid);
        await volumes.PrepareAsync(whole, context, turn);
        await volumes.NameAsync(whole, context, turn.Cancelled);
        if (call.Image?["id"] is { } image)
        {
            // As natively, only for the time of the spawn (shelved_image_ref). What boots from a volume was shelved into none.
            whole.Data["image_ref"] = image.DeepClone();
        }

        return whole;
    }

    async Task ClaimAsync(UnshelveInstance call, VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        if (row.Text("task_state") != TaskStates.Spawning)
        {
            await instances.SaveAsync(context, uuid, new() { ["task_state"] = TaskStates.Spawning }, [TaskStates.Unshelving], cancelled);
        }

        // The scheduler allocated before it sent the order; without that the host would be overfilled.
        if (await allocations.GetAsync(uuid, cancelled) is null)
        {
            throw NovaFaults.ComputeResourcesUnavailable("the scheduler's allocation for this instance is gone");
        }

        if (row.Text("host") != identity.Host)
        {
            var claim = new JsonObject
            {
                ["host"] = identity.Host,
                ["node"] = identity.NodeName,
                ["launched_on"] = identity.Host,
                // The conductor put it into the message, not into the row (nova/conductor/manager.py: unshelve_instance).
                ["availability_zone"] = call.Instance.Text("availability_zone"),
            };
            await instances.SaveAsync(context, uuid, claim, null, cancelled);
        }
    }
}
