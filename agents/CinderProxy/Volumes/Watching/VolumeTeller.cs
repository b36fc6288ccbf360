using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes.Create;
using Cascade.CinderProxy.Volumes.Delete;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <summary>
/// Tells the parent what was seen of one volume: in the volume's turn, after reading the row again, so that an old sight never meets a fresh intent unseen.
/// </summary>
internal sealed class VolumeTeller(
    KeyedQueue queue,
    CinderDatabase database,
    Orders orders,
    Creations creations,
    Expectations expectations,
    CreateEnd create,
    ImageCopies copies,
    Deletion deletion,
    ChildErrors errors,
    CapabilitiesTold capabilities,
    VolumeHost host,
    ILogger<VolumeTeller> log)
{
    /// <param name="sight">Null when the child confirmed that it is not there.</param>
    public Task TellAsync(string id, string childId, Sight<Volume>? sight, CancellationToken cancelled) =>
        queue.RunAsync(id, turn => TellNowAsync(id, childId, sight, turn.Cancelled), cancelled: cancelled);

    async Task TellNowAsync(string id, string childId, Sight<Volume>? sight, CancellationToken cancelled)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled);
        if (row is null || !host.Has(row.Host) || !IsAbout(row, childId))
        {
            expectations.Settle(childId);
            return;
        }

        var blamed = row.Status is VolumeStatus.Error or VolumeStatus.Available && await database.ReadAsync(work => ErrorMark.IsOnAsync(work, id, id), cancelled);
        var order = orders.Of(id);
        var answers = order is not null && (sight is null || sight.Asked > order.Given);
        if (order is not null && !answers)
        {
            // Asked for before the order was given, and told only now: if it is the outcome already it will not look otherwise at the next look, and must be told again.
            expectations.Expect(childId);
        }

        await SayAsync(VolumeReport.Of(row, sight?.Seen, answers, blamed), row, sight?.Seen, order, cancelled);
    }

    Task SayAsync(Verdict verdict, VolumeRow row, Volume? seen, Order? order, CancellationToken cancelled) => verdict switch
    {
        Verdict.Created => create.CreatedAsync(row, seen!, cancelled),
        Verdict.Downloading => database.InTransactionAsync(work => work.Volumes.StatusAsync(row.Id, VolumeStatus.Creating, VolumeStatus.Downloading), cancelled),
        Verdict.CreateFailed failed => FailAsync(row, failed.Reason, cancelled),
        Verdict.Deleted or Verdict.DeleteAgain => deletion.GoOnAsync(row, order?.Context, cancelled),
        Verdict.DeleteFailed failed => deletion.FailAsync(row, failed.Reason, busy: false, cancelled),
        Verdict.Vanished => ErrorAsync(row, null, "gone", cancelled),
        Verdict.Errored errored => ErrorAsync(row, seen, errored.ChildStatus, cancelled),
        Verdict.Recovered => RecoverAsync(row, cancelled),
        Verdict.Grown grown => GrowAsync(row, grown.Size, cancelled),
        _ => Task.CompletedTask,
    };

    async Task FailAsync(VolumeRow row, string reason, CancellationToken cancelled) =>
        await create.FailAsync(row, creations.Of(row.Id), await copies.FailureOfAsync(row, reason, cancelled), cancelled);

    Task ErrorAsync(VolumeRow row, Volume? seen, string childStatus, CancellationToken cancelled)
    {
        Log.WentWrongInChild(log, row.Id, row.ProviderId ?? "-", childStatus);
        return errors.FollowAsync(
            row.Id, row.Id, row.ProjectId, MessageResource.Volume, seen, childStatus,
            // One that a server uses keeps its state: it must be possible to detach it.
            work => work.Volumes.StatusAsync(row.Id, VolumeStatus.Available, VolumeStatus.Error), cancelled);
    }

    Task RecoverAsync(VolumeRow row, CancellationToken cancelled)
    {
        Log.WellAgainInChild(log, row.Id, row.ProviderId ?? "-");
        return errors.HealAsync(row.Id, row.Id, work => work.Volumes.StatusAsync(row.Id, VolumeStatus.Error, VolumeStatus.Available), cancelled);
    }

    async Task GrowAsync(VolumeRow row, int size, CancellationToken cancelled)
    {
        Log.GrewInChild(log, row.Id, row.Size, size);
        await database.InTransactionAsync(
            async work =>
            {
                if (await work.Volumes.GrownAsync(row.Id, row.Size, size) && row.UseQuota != false)
                {
                    var type = row.VolumeTypeId is { } typeId ? await work.VolumeTypes.GetAsync(typeId) : null;
                    await work.Quotas.FreeAsync(row.ProjectId, QuotaCharge.Gigabytes(row.Size - size, type?.Name));
                }

                return true;
            },
            cancelled);
        capabilities.Soon();
    }

    /// <summary>
    /// Any other volume with this stamp is the reaper's. One that is not linked yet is the create's, which comes again and links it. Only what is to go is known by
    /// its stamp alone.
    /// </summary>
    static bool IsAbout(VolumeRow row, string childId) => row.ProviderId is { Length: > 0 } linked ? linked == childId : row.Status == VolumeStatus.Deleting;
}
