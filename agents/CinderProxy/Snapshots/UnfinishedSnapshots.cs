using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>Snapshots that are being made or are going.</summary>
internal sealed class UnfinishedSnapshots(
    KeyedQueue queue,
    CinderDatabase database,
    SnapshotBook book,
    SnapshotOrders orders,
    SnapshotExpectations expectations,
    SnapshotEnd end,
    SnapshotRemoval removal,
    VolumeHost host,
    CinderProxyOptions options) : IUnfinished
{
    static readonly string[] OnTheWay = [SnapshotStatus.Creating, SnapshotStatus.Deleting];

    /// <summary>A message that is there is delivered within this time.</summary>
    static readonly TimeSpan Delivery = TimeSpan.FromSeconds(20);

    public async Task ReadLinksAsync(CancellationToken cancelled)
    {
        var links = new List<(string, string?)>();
        await foreach (var row in database.SnapshotsOfAsync(host.Service, cancelled))
        {
            links.Add((row.Id, row.ProviderId));
        }

        book.Read(links, id => orders.Of(id) is not null);
    }

    public async Task<IReadOnlyList<Unfinished>> ReadAsync(CancellationToken cancelled) =>
        [.. (await database.ReadAsync(work => work.Snapshots.OfHostAsync(host.Service, statuses: OnTheWay), cancelled)).Select(row => new Unfinished(row.Id, row.Status, row.ProviderId))];

    public bool IsInHand(string id) => queue.Contains(id) || orders.Of(id) is not null;

    public TimeSpan PatienceWith(Unfinished row) => row.Status == SnapshotStatus.Deleting || row.ChildId is not null ? Delivery : options.OrderTimeout;

    public Task FinishAsync(Unfinished row, CancellationToken cancelled)
    {
        if (row.Status != SnapshotStatus.Deleting && row.ChildId is { } childId)
        {
            expectations.Expect(childId);
            return Task.CompletedTask;
        }

        return queue.RunAsync(row.Id, turn => FinishNowAsync(row, turn.Cancelled), cancelled: cancelled);
    }

    async Task FinishNowAsync(Unfinished before, CancellationToken cancelled)
    {
        var row = await database.ReadAsync(work => work.Snapshots.GetAsync(before.Id), cancelled);
        if (row?.Status != before.Status)
        {
            return;
        }

        await (row.Status == SnapshotStatus.Deleting
            ? removal.GoOnAsync(row, null, cancelled)
            : end.FailAsync(row, null, "the create was interrupted and nothing is left to go on with", cancelled));
    }
}
