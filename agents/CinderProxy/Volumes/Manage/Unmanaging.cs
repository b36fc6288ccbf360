using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Snapshots;
using Cascade.CinderProxy.Volumes.Delete;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>
/// Gives something up without deleting it: the child keeps it, without our stamp, so that nothing of ours ever takes it for an orphan; the parent's row goes and its quota
/// with it (cinder/volume/manager.py: delete_volume and delete_snapshot with unmanage_only).
/// </summary>
internal sealed class Unmanaging(
    ChildCloud child,
    CinderDatabase database,
    VolumeStamps stamps,
    Deletion deletion,
    SnapshotRemoval removal,
    Refusals refusals,
    ServiceIdentity service,
    ILogger<Unmanaging> log)
{
    /// <exception cref="Oslo.Messaging.Rpc.ParkException">The child is away.</exception>
    public async Task VolumeAsync(VolumeRow row, RpcContext? context, CancellationToken cancelled)
    {
        if (await UnstampAsync(row.ProviderId, (id, key, stop) => child.Volumes.DeleteMetadataAsync(Scope.Own, id, key, stop), cancelled) is not { } refusal)
        {
            await deletion.EndAsync(row, context, cancelled);
            return;
        }

        Log.DeleteFailed(log, row.Id, refusal);
        await database.InTransactionAsync(
            async work =>
            {
                await work.Volumes.ForceStatusAsync(row.Id, VolumeStatus.ErrorUnmanaging);
                return await work.Workers.DoneAsync(Workers.Volume, row.Id, service.Id);
            },
            cancelled);
    }

    /// <summary>
    /// A row that never came to stand for anything goes, and nothing of the child with it: what it was to take over carries our stamp where the manage was interrupted, and is
    /// the tenant's own (cinder/volume/manager.py: delete_volume, error_managing_deleting).
    /// </summary>
    /// <inheritdoc cref="VolumeAsync" path="/exception"/>
    public async Task NeverManagedAsync(VolumeRow row, RpcContext? context, CancellationToken cancelled)
    {
        try
        {
            await stamps.TakeOffAsync(row.Id, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            Log.DeleteFailed(log, row.Id, ChildWords.Text(fault));
            await database.InTransactionAsync(
                async work =>
                {
                    // Not error_deleting: a delete of that would take what carries the stamp for its own.
                    await work.Volumes.ForceStatusAsync(row.Id, VolumeStatus.ErrorManaging);
                    return await work.Workers.DoneAsync(Workers.Volume, row.Id, service.Id);
                },
                cancelled);
            return;
        }

        await deletion.EndAsync(row, context, cancelled);
    }

    /// <inheritdoc cref="VolumeAsync"/>
    public async Task SnapshotAsync(SnapshotRow row, RpcContext? context, CancellationToken cancelled)
    {
        // A snapshot knows no word for an unmanage that failed (cinder/objects/fields.py: SnapshotStatus).
        await (await UnstampAsync(row.ProviderId, (id, key, stop) => child.Snapshots.DeleteMetadataAsync(Scope.Own, id, key, stop), cancelled) is { } refusal
            ? removal.FailAsync(row, context, refusal, busy: false, cancelled)
            : removal.EndAsync(row, context, cancelled));
    }

    /// <returns>Null when it carries no stamp any more; else why it still does.</returns>
    async Task<string?> UnstampAsync(string? childId, Func<string, string, CancellationToken, Task> remove, CancellationToken cancelled)
    {
        if (childId is not { Length: > 0 })
        {
            return null;
        }

        try
        {
            await Stamp.RemoveAsync(childId, remove, cancelled);
            return null;
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            return ChildWords.Text(fault);
        }
    }
}
