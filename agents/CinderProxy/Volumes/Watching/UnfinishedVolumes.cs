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
    CinderProxyOptions options) : UnfinishedStamped<VolumeRow>(queue, book, orders, expectations, options)
{
    static readonly string[] Statuses = [VolumeStatus.Creating, VolumeStatus.Downloading, VolumeStatus.Deleting];

    /// <summary>One that was launched and is downloading gets another image, which is not for us to end.</summary>
    protected override async Task<IReadOnlyList<VolumeRow>> OnTheWayAsync(CancellationToken cancelled) =>
        [.. (await database.ReadAsync(work => work.Volumes.OfHostAsync(host.Service, statuses: Statuses), cancelled)).Where(row => row.LaunchedAt is null || row.Status == VolumeStatus.Deleting)];

    protected override Task<VolumeRow?> RowAsync(string id, CancellationToken cancelled) => database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled);

    protected override Task GoOnAsync(VolumeRow row, CancellationToken cancelled) => row.Status == VolumeStatus.Deleting
        ? deletion.GoOnAsync(row, null, cancelled)
        : create.FailAsync(row, null, new(Interrupted, Elsewhere: false), cancelled);
}
