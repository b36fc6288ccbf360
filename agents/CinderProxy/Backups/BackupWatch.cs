using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// Our backups of the child, as the watch sees them. A backup only changes when somebody asked for it: while nothing is under way the child is not asked at all, and what
/// others do to backups there the audit finds.
/// </summary>
internal sealed class BackupWatch(ChildCloud child, CinderDatabase database, BackupBook book, BackupOrders orders, BackupKeeper keeper, BackupTeller teller, VolumeHost host)
    : IWatched<Backup>
{
    /// <summary>A look at what changed reads as much as that at once, and mostly no more.</summary>
    const int Newest = 50;

    public DateTimeOffset? ChildNow => child.BlockStorageNow;

    public string IdOf(Backup seen) => seen.Id;

    public string FingerprintOf(Backup seen) => $"{seen.Status}";

    public async Task<IReadOnlyList<Backup>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
    {
        if (!keeper.IsWanted || (changedSince is not null && orders.IsEmpty))
        {
            return [];
        }

        var found = new Dictionary<string, Backup>(StringComparer.Ordinal);
        var filter = new BackupFilter { AllTenants = true, Sort = changedSince is null ? null : "updated_at:desc", Limit = changedSince is null ? null : Newest };
        await foreach (var seen in child.Backups.ListAsync(Scope.Own, filter, cancelled))
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

    public Task<Backup?> FindAsync(string childId, CancellationToken cancelled) => child.Backups.FindAsync(Scope.Own, childId, cancelled);

    public async Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled)
    {
        if (!keeper.IsWanted)
        {
            return [];
        }

        var links = new List<(string Id, string? ChildId)>();
        await foreach (var row in database.BackupsOfAsync(host.Service, cancelled))
        {
            links.Add((row.Id, BackupLink.In(row, host.Service)));
        }

        book.Read(links, id => orders.Of(id) is not null);
        return [.. links.Select(link => link.ChildId).OfType<string>()];
    }

    public Task ReportAsync(Sight<Backup> sight, CancellationToken cancelled) =>
        (book.ParentOf(sight.Seen.Id) ?? VolumeStamp.ParentOf(sight.Seen.Metadata)) is { } id ? teller.TellAsync(id, sight.Seen.Id, sight, cancelled) : Task.CompletedTask;

    public Task ReportGoneAsync(string childId, CancellationToken cancelled) =>
        book.ParentOf(childId) is { } id ? teller.TellAsync(id, childId, null, cancelled) : Task.CompletedTask;
}

/// <summary>The watch on the child's backups, running.</summary>
internal sealed class BackupWatching : IWorker, IDisposable
{
    readonly Watch<Backup> watch;

    public BackupWatching(BackupWatch watched, BackupExpectations expectations, CinderProxyOptions options, TimeProvider time, ILogger<BackupWatching> log)
    {
        var slow = options.WatchInterval;
        var fast = TimeSpan.FromSeconds(Math.Min(5, slow.TotalSeconds));
        watch = new("backups", watched, new() { Slow = slow, Fast = fast, Recheck = fast, Audit = options.AuditInterval }, time, log);
        expectations.Join(watch.Expect, watch.Settle);
    }

    public string Name => "watch of backups";

    public Task RunAsync(CancellationToken cancelled) => watch.RunAsync(cancelled);

    public Task LookAsync(CancellationToken cancelled) => watch.LookAsync(cancelled);

    public void Dispose() => watch.Dispose();
}
