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
    ServiceIdentity service,
    CinderProxyOptions options) : UnfinishedStamped<VolumeRow>(Workers.Volume, queue, book, orders, expectations, options)
{
    static readonly string[] Statuses = [VolumeStatus.Creating, VolumeStatus.Downloading, VolumeStatus.Deleting];

    /// <summary>One that was launched and is downloading gets another image, which is not for us to end.</summary>
    protected override async Task<IReadOnlyList<VolumeRow>> OnTheWayAsync(CancellationToken cancelled)
    {
        var (ours, handedBack) = await database.ReadAsync(
            async work => (await work.Volumes.OfHostAsync(host.Service, statuses: Statuses), await work.Volumes.HandedBackAsync(service.Id)), cancelled);
        return [.. ours.Where(row => row.LaunchedAt is null || row.Status == VolumeStatus.Deleting), .. handedBack];
    }

    protected override async Task<VolumeRow?> RowAsync(string id, CancellationToken cancelled) =>
        await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) is { } row && (row.Host is null || host.Has(row.Host)) ? row : null;

    protected override Task GoOnAsync(VolumeRow row, CancellationToken cancelled) => row.Host is null ? create.GiveUpAsync(row.Id, cancelled)
        : row.Status == VolumeStatus.Deleting ? deletion.GoOnAsync(row, null, cancelled)
        : create.FailAsync(row, null, new(Interrupted, Elsewhere: false), cancelled);
}
