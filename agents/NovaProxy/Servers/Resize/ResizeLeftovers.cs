using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// What a resize under way holds when its instance is deleted: one that waits was confirmed by nova-api before, but the allocation of any other would be held
/// by its migration for ever (nova/compute/manager.py: _cleanup_incomplete_migrations clears the disks only).
/// </summary>
internal sealed class ResizeLeftovers(Migrations migrations, IAllocations allocations)
{
    /// <summary>Of a resize whose instance is deleted before it began: the conductor moved what it held to the migration before it sent the order, and the delete gives back the instance's own.</summary>
    public async Task NeverBegunAsync(VersionedObject migration, RpcContext context, CancellationToken cancelled)
    {
        if (migration.Text("status") == MigrationStates.PreMigrating && migration.Text("uuid") is { } consumer)
        {
            await allocations.DeleteAsync(consumer, cancelled);
            await migrations.SaveAsync(context, migration, MigrationStates.Error, cancelled);
        }
    }

    public async Task ClearAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (row.Object("old_flavor") is null && row.Object("new_flavor") is null)
        {
            return;
        }

        if (await migrations.LatestAsync(context, row.Text("uuid")!, cancelled) is { } migration && migration.Text("uuid") is { } consumer)
        {
            await allocations.DeleteAsync(consumer, cancelled);
            if (migration.Text("status") is not (MigrationStates.Confirmed or MigrationStates.Reverted or MigrationStates.Error))
            {
                await migrations.SaveAsync(context, migration, MigrationStates.Error, cancelled);
            }
        }
    }
}
