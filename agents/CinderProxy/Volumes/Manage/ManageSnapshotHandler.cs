using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Snapshots;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>
/// manage_existing_snapshot: a snapshot that the child has of a volume of ours becomes one of the parent (cinder/volume/flows/manager/manage_existing_snapshot.py).
/// The API has charged the volume's size; what the snapshot differs by is charged here.
/// </summary>
internal sealed class ManageSnapshotHandler(
    Turns turns,
    CinderDatabase database,
    ChildCloud child,
    SnapshotBook book,
    Refusals refusals,
    VolumeHost host,
    CinderProxyOptions options,
    Notices notices,
    ILogger<ManageSnapshotHandler> log) : IHandle<ManageExistingSnapshot>
{
    public Task<JsonNode?> HandleAsync(ManageExistingSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Snapshot.Id("manage_existing_snapshot");
        return turns.TakeAsync(id, context, turn => ManageAsync(id, call, context, turn), cancelled);
    }

    async Task ManageAsync(string id, ManageExistingSnapshot call, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Snapshots.GetAsync(id), turn.Cancelled);
        if (row?.Status != SnapshotStatus.Creating)
        {
            return;
        }

        var volume = await database.ReadAsync(work => work.Volumes.GetAsync(row.VolumeId), turn.Cancelled);
        try
        {
            var seen = volume?.ProviderId is { } childVolume ? await FindAsync(ManageReference.Of(call.Ref), childVolume, turn.Cancelled) : null;
            if (seen is null || seen.Status != SnapshotStatus.Available)
            {
                await FailAsync(row, seen is null ? "no snapshot of the volume in the child is meant by it, or several" : $"it is {seen.Status} in the child", turn.Cancelled);
                return;
            }

            if ((await database.ReadAsync(work => work.Snapshots.OfChildrenAsync(host.Service, [seen.Id]), turn.Cancelled)).FirstOrDefault(other => other.Id != id) is { } known)
            {
                await FailAsync(row, $"it is snapshot {known.Id} of the parent already", turn.Cancelled);
                return;
            }

            await child.Snapshots.SetMetadataAsync(Scope.Own, seen.Id, Stamp.Of(id, host.Service), turn.Cancelled);
            await TakeOverAsync(row, volume!, seen, context, turn.Cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            await FailAsync(row, ChildWords.Text(fault), turn.Cancelled);
        }
    }

    async Task<Snapshot?> FindAsync(ManageReference reference, string childVolume, CancellationToken cancelled)
    {
        var found = new List<Snapshot>();
        await foreach (var seen in child.Snapshots.ListAsync(Scope.Own, new() { AllTenants = true, VolumeId = childVolume }, cancelled))
        {
            if (seen.VolumeId == childVolume && (reference.Id is { } id ? seen.Id == id : reference.Name is { } name && seen.Name == name))
            {
                found.Add(seen);
            }
        }

        return found is [var one] ? one : null;
    }

    async Task TakeOverAsync(SnapshotRow row, VolumeRow volume, Snapshot seen, RpcContext context, CancellationToken cancelled)
    {
        await database.InTransactionAsync(
            async work =>
            {
                var size = seen.Size ?? row.VolumeSize;
                if (await work.Snapshots.ManagedAsync(row.Id, size, seen.Id) && size != row.VolumeSize && !options.NoSnapshotGbQuota)
                {
                    var type = volume.VolumeTypeId is { } typeId ? await work.VolumeTypes.GetAsync(typeId) : null;
                    await work.Quotas.FreeAsync(row.ProjectId, QuotaCharge.Gigabytes(row.VolumeSize - size, type?.Name));
                }

                return true;
            },
            cancelled);
        book.Set(seen.Id, row.Id);
        Log.SnapshotManaged(log, row.Id, seen.Id);
        await notices.AboutSnapshotAsync(row.Id, "manage_existing_snapshot.end", context, cancelled);
    }

    Task<bool> FailAsync(SnapshotRow row, string reason, CancellationToken cancelled)
    {
        Log.ManageFailed(log, row.Id, reason);
        return database.InTransactionAsync(work => work.Snapshots.StatusAsync(row.Id, SnapshotStatus.Creating, SnapshotStatus.Error), cancelled);
    }
}
