using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>
/// Our snapshots of the child, as the watch sees them. Cinder lists no snapshots by when they changed, so what changed is read newest change first, until it is older
/// than the look before.
/// </summary>
internal sealed class SnapshotWatch(ChildCloud child, CinderDatabase database, SnapshotBook book, SnapshotTeller teller, SnapshotOrders orders, VolumeHost host) : IWatched<Snapshot>
{
    /// <summary>A look at what changed reads as much as that at once, and mostly no more.</summary>
    const int Newest = 50;

    public DateTimeOffset? ChildNow => child.BlockStorageNow;

    public string IdOf(Snapshot seen) => seen.Id;

    public string FingerprintOf(Snapshot seen) => $"{seen.Status}";

    public async Task<IReadOnlyList<Snapshot>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
    {
        var found = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        var filter = new SnapshotFilter { AllTenants = true, Sort = changedSince is null ? null : "updated_at:desc", Limit = changedSince is null ? null : Newest };
        await foreach (var seen in child.Snapshots.ListAsync(Scope.Own, filter, cancelled))
        {
            if (changedSince is { } since && seen.UpdatedAt < since)
            {
                break;
            }

            if (book.ParentOf(seen.Id) is not null || VolumeStamp.IsFrom(seen.Metadata, host.Service))
            {
                found[seen.Id] = seen;
            }
        }

        return [.. found.Values];
    }

    public Task<Snapshot?> FindAsync(string childId, CancellationToken cancelled) => child.Snapshots.FindAsync(Scope.Own, childId, cancelled);

    public async Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled)
    {
        var links = new List<(string Id, string? ChildId)>();
        await foreach (var row in database.SnapshotsOfAsync(host.Service, cancelled))
        {
            links.Add((row.Id, row.ProviderId));
        }

        book.Read(links, id => orders.Of(id) is not null);
        return [.. links.Select(link => link.ChildId).OfType<string>()];
    }

    public Task ReportAsync(Sight<Snapshot> sight, CancellationToken cancelled) =>
        (book.ParentOf(sight.Seen.Id) ?? VolumeStamp.ParentOf(sight.Seen.Metadata)) is { } id ? teller.TellAsync(id, sight.Seen.Id, sight, cancelled) : Task.CompletedTask;

    public Task ReportGoneAsync(string childId, CancellationToken cancelled) =>
        book.ParentOf(childId) is { } id ? teller.TellAsync(id, childId, null, cancelled) : Task.CompletedTask;
}

/// <summary>The watch on the child's snapshots, running.</summary>
internal sealed class SnapshotWatching : IWorker, IDisposable
{
    readonly Watch<Snapshot> watch;

    public SnapshotWatching(SnapshotWatch watched, SnapshotExpectations expectations, CinderProxyOptions options, TimeProvider time, ILogger<SnapshotWatching> log)
    {
        var slow = options.WatchInterval;
        var fast = TimeSpan.FromSeconds(Math.Min(2, slow.TotalSeconds));
        watch = new("snapshots", watched, new() { Slow = slow, Fast = fast, Recheck = fast, Audit = options.AuditInterval }, time, log);
        expectations.Join(watch.Expect, watch.Settle);
    }

    public string Name => "watch of snapshots";

    public Task RunAsync(CancellationToken cancelled) => watch.RunAsync(cancelled);

    public Task LookAsync(CancellationToken cancelled) => watch.LookAsync(cancelled);

    public void Nudge() => watch.Nudge();

    public void Dispose() => watch.Dispose();
}
