using Cascade.CinderProxy.Backups;
using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>How a create ends in the parent. Within the volume's turn.</summary>
internal sealed class CreateEnd(
    CinderDatabase database,
    VolumeMaker maker,
    VolumeBook book,
    VolumeStamps stamps,
    Creations creations,
    Expectations expectations,
    Rescheduling rescheduling,
    CapabilitiesTold capabilities,
    Notices notices,
    ServiceIdentity service,
    ILogger<CreateEnd> log)
{
    /// <summary>The volume is there: in one transaction what a source hands down, the state, and the end of the work.</summary>
    /// <param name="seen">The child's volume.</param>
    public async Task CreatedAsync(VolumeRow row, Volume seen, CancellationToken cancelled)
    {
        await stamps.KeepAsync(row, seen, cancelled);
        var (ended, group) = await database.InTransactionAsync<(bool, GroupEnd?)>(
            async work =>
            {
                await GroupEnds.HoldAsync(work, row.GroupId);
                if (!await work.Volumes.CreatedAsync(row.Id, service.Uuid))
                {
                    return (false, null);
                }

                await HandDownAsync(work, row, seen);
                await work.Workers.DoneAsync(Workers.Volume, row.Id, service.Id);
                return (true, await GroupEnds.AfterVolumeAsync(work, row.GroupId));
            },
            cancelled);
        var creation = creations.Of(row.Id);
        creations.Done(row.Id);
        Settle(row);
        if (ended)
        {
            Log.VolumeCreated(log, row.Id, row.ProviderId ?? "-");
            capabilities.Soon();
            await (creation is { Call: null }
                ? notices.AboutMemberAsync(row.Id, "create.end", creation.Context, cancelled)
                : notices.AboutVolumeAsync(row.Id, "create.end", creation?.Context, cancelled));
            await notices.AboutAsync(group, creation?.Context, cancelled);
        }
    }

    /// <summary>
    /// It did not come to be. Native hands it back to the scheduler, which tries elsewhere, unless nothing would be different there
    /// (cinder/volume/flows/manager/create_volume.py: OnFailureRescheduleTask.revert).
    /// </summary>
    public async Task FailAsync(VolumeRow row, Creation? creation, CreateFailure failure, CancellationToken cancelled)
    {
        Log.VolumeFailed(log, row.Id, failure.Reason);
        await ClearAsync(row, cancelled);
        var again = failure.Elsewhere && creation?.Call is { } call && Rescheduling.IsPossible(call) ? call : null;
        var failed = await database.InTransactionAsync(
            async work =>
            {
                await GroupEnds.HoldAsync(work, row.GroupId);
                if (await work.Volumes.LockAsync(row.Id) is not { Status: VolumeStatus.Creating or VolumeStatus.Downloading })
                {
                    // Deleted by force while the child was spoken with (the API asks for no state then): that is for the delete to end, which finds nothing to do on an error.
                    return false;
                }

                await work.Messages.InsertAsync(failure.Told, row.Id, row.ProjectId, creation?.Context.RequestId);
                await work.GlanceMetadata.DeleteAsync(row.Id);
                await work.Volumes.NotBootableAsync(row.Id);
                if (again is not null)
                {
                    await work.Volumes.SetChildAsync(row.Id, null, null);
                    // Its worker stays ours until the schedulers have it: by that it is found when they never come to hear of it (UnfinishedVolumes).
                    await work.Volumes.UnscheduleAsync(row.Id);
                }
                else
                {
                    await work.Volumes.ForceStatusAsync(row.Id, VolumeStatus.Error);
                    await work.Workers.DoneAsync(Workers.Volume, row.Id, service.Id);
                    await GroupEnds.AfterVolumeAsync(work, row.GroupId);
                }

                return true;
            },
            cancelled);
        creations.Done(row.Id);
        Settle(row);
        if (failed && again is not null)
        {
            if (row.ProviderId is { } left)
            {
                book.Remove(left);
            }

            await rescheduling.HandBackAsync(again, creation!.Context, failure.Reason, cancelled);
        }
    }

    /// <summary>
    /// It was to go back to the scheduler, and an interruption came between: whether it did, nobody can tell, and said twice it could be made twice. An error, unless somebody has
    /// claimed it or given it a host.
    /// </summary>
    public Task GiveUpAsync(string id, CancellationToken cancelled) => database.InTransactionAsync(
        async work =>
        {
            if (await work.Volumes.LockAsync(id) is { Host: null, Status: VolumeStatus.Creating or VolumeStatus.Downloading }
                && await work.Workers.DoneAsync(Workers.Volume, id, service.Id))
            {
                Log.VolumeFailed(log, id, "it was to go back to the schedulers, and it is not known whether it did");
                await work.Volumes.ForceStatusAsync(id, VolumeStatus.Error);
            }

            return true;
        },
        cancelled);

    /// <summary>What the child has of it goes; what will not go now is the reaper's, or goes with the tenant's delete.</summary>
    async Task ClearAsync(VolumeRow row, CancellationToken cancelled)
    {
        try
        {
            await maker.RemoveAsync(row, cascade: false, cancelled);
        }
        catch (CloudFault fault)
        {
            Log.LeftInChild(log, fault, row.Id, fault.Message);
        }
    }

    static async Task HandDownAsync(CinderWork work, VolumeRow row, Volume seen)
    {
        if (row is { SnapshotId: null, SourceVolid: null, Bootable: false })
        {
            await BackupHeritage.ToNewAsync(work, row, seen);
            return;
        }

        var source = row.SnapshotId is { } snapshot ? (await work.Snapshots.GetAsync(snapshot))?.VolumeId : row.SourceVolid;
        if (source is null || await work.Volumes.GetAsync(source) is not { Bootable: true })
        {
            return;
        }

        await work.Volumes.BootableAsync(row.Id);
        await (row.SnapshotId is { } from ? work.GlanceMetadata.SnapshotToVolumeAsync(from, row.Id) : work.GlanceMetadata.VolumeToVolumeAsync(source, row.Id));
    }

    void Settle(VolumeRow row)
    {
        if (row.ProviderId is { } childId)
        {
            expectations.Settle(childId);
        }
    }
}
