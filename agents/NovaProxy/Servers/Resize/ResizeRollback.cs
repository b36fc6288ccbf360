using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// A resize that does not happen: the source's allocation goes back to the instance, the migration is an error, and the row is what it was
/// (nova/compute/manager.py: _revert_allocation, errors_out_migration_ctxt, InstanceFaultRollback; claims.py: MoveClaim.abort). May be done again.
/// </summary>
internal sealed class ResizeRollback(Instances instances, Migrations migrations, IAllocations allocations, ILogger<ResizeRollback> log)
{
    public async Task RunAsync(VersionedObject row, VersionedObject? migration, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        if (migration is not null)
        {
            await migrations.SaveAsync(context, migration, MigrationStates.Error, cancelled);
            await GiveBackAsync(migration, uuid, cancelled);
        }

        await QuietlyAsync(() => instances.DropMigrationContextAsync(context, uuid, cancelled), uuid);
        await QuietlyAsync(
            () => instances.SaveSystemMetadataAsync(
                context, uuid, OldVmState.Remove, FlavorTrio.Alone(row), null, cancelled),
            uuid);
    }

    /// <summary>What the conductor moved to the migration (nova/conductor/tasks/migrate.py: replace_allocation_with_migration).</summary>
    public async Task GiveBackAsync(VersionedObject migration, string uuid, CancellationToken cancelled)
    {
        try
        {
            await allocations.MoveAsync(migration.Text("uuid")!, uuid, cancelled);
        }
        catch (CloudFault fault)
        {
            // Nothing is oversubscribed by it; native says so and goes on, too.
            Log.AllocationLeft(log, fault, uuid, migration.Text("uuid")!);
        }
    }

    async Task QuietlyAsync(Func<Task> tidy, string uuid)
    {
        try
        {
            await tidy();
        }
        catch (RpcFault fault)
        {
            Log.FailureUntold(log, fault, uuid);
        }
    }
}
