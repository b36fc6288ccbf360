using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Snapshots;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>
/// manage_existing_snapshot, of a volume of ours (cinder/volume/flows/manager/manage_existing_snapshot.py). The API has charged the volume's size; what the snapshot
/// differs by is charged here.
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
    ILogger<ManageSnapshotHandler> log) : Managing<SnapshotRow, Snapshot>(turns, child, refusals, host, log), IHandle<ManageExistingSnapshot>
{
    public Task<JsonNode?> HandleAsync(ManageExistingSnapshot call, RpcContext context, CancellationToken cancelled) =>
        ManageAsync(call.Snapshot.Id("manage_existing_snapshot"), call.Ref, context, cancelled);

    protected override async Task<SnapshotRow?> RowAsync(string id, CancellationToken cancelled) =>
        await database.ReadAsync(work => work.Snapshots.GetAsync(id), cancelled) is { Status: SnapshotStatus.Creating } row ? row : null;

    protected override Task BeginAsync(SnapshotRow row, RpcContext context, CancellationToken cancelled) =>
        notices.AboutAsync(row, "manage_existing_snapshot.start", context, cancelled);

    protected override async IAsyncEnumerable<Snapshot> MeantAsync(SnapshotRow row, ManageReference reference, [EnumeratorCancellation] CancellationToken cancelled)
    {
        if (await database.ReadAsync(work => work.Volumes.GetAsync(row.VolumeId), cancelled) is not { ProviderId: { } childVolume })
        {
            yield break;
        }

        await foreach (var seen in Child.Snapshots.ListAsync(Scope.Own, new() { AllTenants = true, VolumeId = childVolume }, cancelled))
        {
            if (seen.VolumeId == childVolume && (reference.Id is { } id ? seen.Id == id : reference.Name is { } name && seen.Name == name))
            {
                yield return seen;
            }
        }
    }

    protected override async Task<string?> RefusalAsync(SnapshotRow row, Snapshot seen, CancellationToken cancelled) =>
        seen.Status != SnapshotStatus.Available ? $"it is {seen.Status} in the child"
        : await OtherAsync(row.Id, seen.Id, cancelled) is { } other ? $"it is snapshot {other} of the parent already"
        : null;

    protected override Task StampAsync(string childId, Dictionary<string, string> stamp, CancellationToken cancelled) =>
        Child.Snapshots.SetMetadataAsync(Scope.Own, childId, stamp, cancelled);

    protected override Task RemoveMetadataAsync(string childId, string key, CancellationToken cancelled) => Child.Snapshots.DeleteMetadataAsync(Scope.Own, childId, key, cancelled);

    protected override async Task<string?> TakeOverAsync(SnapshotRow row, Snapshot seen, RpcContext context, CancellationToken cancelled)
    {
        var taken = await database.InTransactionAsync(
            async work =>
            {
                var size = seen.Size ?? row.VolumeSize;
                if (!await work.Snapshots.ManagedAsync(row.Id, size, seen.Id))
                {
                    return false;
                }

                if (size != row.VolumeSize && !options.NoSnapshotGbQuota)
                {
                    var type = await work.Volumes.GetAsync(row.VolumeId) is { VolumeTypeId: { } typeId } ? await work.VolumeTypes.GetAsync(typeId) : null;
                    await work.Quotas.FreeAsync(row.ProjectId, QuotaCharge.Gigabytes(row.VolumeSize - size, type?.Name));
                }

                return true;
            },
            cancelled);
        if (!taken)
        {
            return "it is not to be taken over any more";
        }

        book.Set(seen.Id, row.Id);
        Log.SnapshotManaged(Logger, row.Id, seen.Id);
        await notices.AboutSnapshotAsync(row.Id, "manage_existing_snapshot.end", context, cancelled);
        return null;
    }

    protected override Task FailAsync(SnapshotRow row, CancellationToken cancelled) =>
        database.InTransactionAsync(work => work.Snapshots.StatusAsync(row.Id, SnapshotStatus.Creating, SnapshotStatus.Error), cancelled);

    async Task<string?> OtherAsync(string id, string childId, CancellationToken cancelled) =>
        (await database.ReadAsync(work => work.Snapshots.OfChildrenAsync(Host.Service, [childId]), cancelled)).FirstOrDefault(row => row.Id != id)?.Id;
}
