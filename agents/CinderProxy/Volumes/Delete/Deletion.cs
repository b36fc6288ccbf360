using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Snapshots;
using Cascade.CinderProxy.Volumes.Create;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Delete;

/// <summary>The steps of a delete, each of which may be done again. Within the volume's turn.</summary>
internal sealed class Deletion(
    CinderDatabase database,
    VolumeMaker maker,
    VolumeBook book,
    SnapshotBook snapshots,
    SnapshotDestruction removal,
    RefusedDelete refused,
    Orders orders,
    Expectations expectations,
    Refusals refusals,
    CapabilitiesTold capabilities,
    Notices notices,
    ServiceIdentity service,
    TimeProvider time,
    ILogger<Deletion> log)
{
    /// <summary>Asks the child to delete what is there; when nothing is there any more, ends it in the parent.</summary>
    /// <param name="context">Null for a delete whose message is gone.</param>
    public async Task GoOnAsync(VolumeRow row, RpcContext? context, CancellationToken cancelled)
    {
        IReadOnlyList<string> going;
        // With its snapshots, when they are to go with it: the API has put them to deleting.
        var with = await database.ReadAsync(work => work.Snapshots.OfVolumeAsync(row.Id), cancelled);
        try
        {
            going = await maker.RemoveAsync(row, cascade: with.Count > 0, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            var outcome = fault.Kind is FaultKind.Invalid or FaultKind.Conflict ? await OutcomeAsync(row, with.Count > 0, context, cancelled) : RefusedDelete.Outcome.Stuck;
            if (outcome is not RefusedDelete.Outcome.Going)
            {
                await FailAsync(row, ChildWords.Text(fault), busy: outcome is RefusedDelete.Outcome.Available, cancelled);
                return;
            }

            going = [row.ProviderId!];
        }

        if (going.Count == 0)
        {
            await EndAsync(row, context, cancelled);
            return;
        }

        orders.Give(row.Id, new(context, time.GetTimestamp()));
        foreach (var childId in going)
        {
            book.Set(childId, row.Id);
            expectations.Expect(childId);
        }
    }

    /// <summary>
    /// A back end that is busy puts the volume back to available, anything else is an error that a tenant sees (cinder/volume/manager.py: delete_volume).
    /// </summary>
    public async Task FailAsync(VolumeRow row, string reason, bool busy, CancellationToken cancelled)
    {
        Log.DeleteFailed(log, row.Id, reason);
        await database.InTransactionAsync(
            async work =>
            {
                await GroupEnds.HoldAsync(work, row.GroupId);
                await work.Volumes.ForceStatusAsync(row.Id, busy ? VolumeStatus.Available : VolumeStatus.ErrorDeleting);
                await work.Workers.DoneAsync(Workers.Volume, row.Id, service.Id);
                await GroupEnds.AfterVolumeKeptAsync(work, row.GroupId);
                return true;
            },
            cancelled);
        orders.Done(row.Id);
        Settle(row);
    }

    async Task<RefusedDelete.Outcome> OutcomeAsync(VolumeRow row, bool snapshots, RpcContext? context, CancellationToken cancelled)
    {
        try
        {
            return await refused.OfAsync(row, snapshots, context, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            Log.DeleteFailed(log, row.Id, ChildWords.Text(fault));
            return RefusedDelete.Outcome.Stuck;
        }
    }

    /// <summary>Rows, quota and the end of the work in one transaction: whatever happens, the quota is given back once.</summary>
    public async Task EndAsync(VolumeRow row, RpcContext? context, CancellationToken cancelled)
    {
        var (gone, groups) = await database.InTransactionAsync<(IReadOnlyList<SnapshotRow>?, IReadOnlyList<GroupEnd?>)>(
            async work =>
            {
                await GroupEnds.HoldAsync(work, row.GroupId);
                var with = await work.Snapshots.OfVolumeAsync(row.Id);
                var ended = new List<GroupEnd?>();
                foreach (var snapshot in with)
                {
                    ended.Add((await removal.DestroyAsync(work, snapshot, row.VolumeTypeId)).Group);
                }

                // Quota first, as natively; the lock says whether there still is something to give back for.
                if (await work.Volumes.LockAsync(row.Id) is null)
                {
                    return (null, []);
                }

                if (await CountsAsync(work, row))
                {
                    var type = row.VolumeTypeId is { } typeId ? await work.VolumeTypes.GetAsync(typeId) : null;
                    await work.Quotas.FreeAsync(row.ProjectId, QuotaCharge.Volume(row.Size, type?.Name));
                }

                await work.Volumes.DestroyAsync(row.Id);
                await work.Workers.DoneAsync(Workers.Volume, row.Id, service.Id);
                ended.Add(await GroupEnds.AfterVolumeGoneAsync(work, row.GroupId));
                return (with, ended);
            },
            cancelled);
        orders.Done(row.Id);
        Settle(row);
        if (row.ProviderId is { } childId)
        {
            book.Remove(childId);
        }

        foreach (var snapshot in (gone ?? []).Select(one => one.ProviderId).OfType<string>())
        {
            snapshots.Remove(snapshot);
        }

        if (gone is not null)
        {
            Log.VolumeDeleted(log, row.Id);
            capabilities.Soon();
            foreach (var snapshot in gone)
            {
                await notices.AboutAsync(snapshot, "delete.end", context, cancelled, of: row);
            }

            await notices.AboutAsync(row, row.Status == VolumeStatus.Unmanaging ? "unmanage.end" : "delete.end", context, cancelled);
            foreach (var group in groups)
            {
                await notices.AboutAsync(group, context, cancelled);
            }
        }
    }

    /// <summary>
    /// Whether the tenant pays for it. Zed leaves use_quota empty in old rows and decides by what the volume is for (zed cinder/volume/manager.py: delete_volume).
    /// </summary>
    static async Task<bool> CountsAsync(CinderWork work, VolumeRow row)
    {
        if (row.Status == VolumeStatus.ErrorManagingDeleting)
        {
            return false;
        }

        if (row.UseQuota is { } said)
        {
            return said;
        }

        return row.MigrationStatus?.StartsWith("target:", StringComparison.Ordinal) != true
            && (await work.AdminMetadata.GetAsync(row.Id)).GetValueOrDefault("temporary") != "True";
    }

    void Settle(VolumeRow row)
    {
        if (row.ProviderId is { } childId)
        {
            expectations.Settle(childId);
        }
    }
}
