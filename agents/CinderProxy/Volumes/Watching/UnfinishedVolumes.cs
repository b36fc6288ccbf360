using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes.Create;
using Cascade.CinderProxy.Volumes.Delete;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <summary>Volumes that are being made or are going. What holds its message until it is done (an extend, a retype) comes back by the message.</summary>
internal sealed class UnfinishedVolumes(
    KeyedQueue queue,
    CinderDatabase database,
    VolumeBook book,
    Orders orders,
    Expectations expectations,
    CreateEnd create,
    Deletion deletion,
    VolumeHost host,
    CinderProxyOptions options) : IUnfinished
{
    static readonly string[] OnTheWay = [VolumeStatus.Creating, VolumeStatus.Downloading, VolumeStatus.Deleting];

    /// <summary>A message that is there is delivered within this time.</summary>
    static readonly TimeSpan Delivery = TimeSpan.FromSeconds(20);

    public async Task ReadLinksAsync(CancellationToken cancelled)
    {
        var links = new List<(string, string?)>();
        await foreach (var row in database.VolumesOfAsync(host.Service, cancelled))
        {
            links.Add((row.Id, row.ProviderId));
        }

        book.Read(links, id => orders.Of(id) is not null);
    }

    public async Task<IReadOnlyList<Unfinished>> ReadAsync(CancellationToken cancelled) =>
        [.. (await database.ReadAsync(work => work.Volumes.OfHostAsync(host.Service, statuses: OnTheWay), cancelled)).Where(row => row.LaunchedAt is null || row.Status == VolumeStatus.Deleting).Select(row => new Unfinished(row.Id, row.Status, row.ProviderId))];

    public bool IsInHand(string id) => queue.Contains(id) || orders.Of(id) is not null;

    public TimeSpan PatienceWith(Unfinished row) => row.Status == VolumeStatus.Deleting || row.ChildId is not null ? Delivery : options.OrderTimeout;

    public Task FinishAsync(Unfinished row, CancellationToken cancelled)
    {
        if (row.Status != VolumeStatus.Deleting && row.ChildId is { } childId)
        {
            // The watch ends it by what it sees; it was an earlier life that expected it.
            expectations.Expect(childId);
            return Task.CompletedTask;
        }

        return queue.RunAsync(row.Id, turn => FinishNowAsync(row, turn.Cancelled), cancelled: cancelled);
    }

    async Task FinishNowAsync(Unfinished before, CancellationToken cancelled)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(before.Id), cancelled);
        if (row?.Status != before.Status)
        {
            return;
        }

        await (row.Status == VolumeStatus.Deleting
            ? deletion.GoOnAsync(row, null, cancelled)
            : create.FailAsync(row, null, "the create was interrupted and nothing is left to go on with", elsewhere: false, cancelled));
    }
}
