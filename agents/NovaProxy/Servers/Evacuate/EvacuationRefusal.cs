using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Evacuate;

/// <summary>
/// rebuild_instance with <c>recreate</c>: an operator gave up another host and wants its server made anew here. What it held in the other cloud is not here, so
/// the migration fails, what the scheduler took of us for it goes back, and the instance is as it was, on its own host (nova/compute/manager.py: rebuild_instance,
/// delete_allocation_for_evacuated_instance with node_type destination, InstanceFaultRollback). The fault and the event are the caller's.
/// </summary>
internal sealed class EvacuationRefusal(Migrations migrations, IAllocations allocations, HostIdentity identity)
{
    public const string Why = "a server of another cloud is not made anew in this one; create it again from its image, or evacuate it to a host of its own cloud";

    /// <param name="migration">Null when a plain rebuild was asked for.</param>
    public async Task ClearAsync(VersionedObject instance, VersionedObject? migration, RpcContext context, CancellationToken cancelled)
    {
        if (migration is null)
        {
            return;
        }

        await migrations.SaveAsync(context, migration, MigrationStates.Failed, cancelled);
        if (instance.Text("host") != identity.Host)
        {
            await allocations.RemoveProviderAsync(instance.Text("uuid")!, identity.NodeUuid.ToString("D"), cancelled);
        }
    }
}
