using System.Collections.Concurrent;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <summary>Our volumes of the child, as the watch sees them: what rows link to, and what our user made for this service.</summary>
internal sealed class VolumeWatch(ChildCloud child, CinderDatabase database, VolumeBook book, VolumeTeller teller, Sights sights, Orders orders, VolumeHost host)
    : IWatched<Volume>
{
    /// <summary>Rows as the last audit read them; each serves once, for the report that follows it.</summary>
    readonly ConcurrentDictionary<string, VolumeRow> rows = new(StringComparer.Ordinal);

    public DateTimeOffset? ChildNow => child.BlockStorageNow;

    public string IdOf(Volume seen) => seen.Id;

    public string FingerprintOf(Volume seen) => $"{seen.Status}|{seen.Size}|{seen.VolumeType}|{seen.MigrationStatus}|{seen.Attachments.Count}";

    public async Task<IReadOnlyList<Volume>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled)
    {
        var found = new Dictionary<string, Volume>(StringComparer.Ordinal);
        await foreach (var seen in child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true, UpdatedSince = changedSince }, cancelled))
        {
            if (book.ParentOf(seen.Id) is not null || VolumeStamp.IsFrom(seen.Metadata, host.Service))
            {
                found[seen.Id] = seen;
            }
        }

        return [.. found.Values];
    }

    public Task<Volume?> FindAsync(string childId, CancellationToken cancelled) => child.Volumes.FindAsync(Scope.Own, childId, cancelled);

    public async Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled)
    {
        rows.Clear();
        var links = new List<(string Id, string? ChildId)>();
        await foreach (var row in database.VolumesOfAsync(host.Service, cancelled))
        {
            links.Add((row.Id, row.ProviderId));
            rows[row.Id] = row;
        }

        book.Read(links, id => orders.Of(id) is not null);
        return [.. links.Select(link => link.ChildId).OfType<string>()];
    }

    public Task ReportAsync(Sight<Volume> sight, CancellationToken cancelled)
    {
        var id = book.ParentOf(sight.Seen.Id) ?? VolumeStamp.ParentOf(sight.Seen);
        return sights.Show(sight.Seen.Id, sight.Seen, sight.Asked) || id is null || IsKnown(id, sight)
            ? Task.CompletedTask
            : sights.TellAsync(sight.Seen.Id, stop => teller.TellAsync(id, sight.Seen.Id, sight, stop), cancelled);
    }

    public Task ReportGoneAsync(string childId, CancellationToken cancelled) =>
        sights.Show(childId, null, long.MaxValue) || book.ParentOf(childId) is not { } id
            ? Task.CompletedTask
            : sights.TellAsync(childId, stop => teller.TellAsync(id, childId, null, stop), cancelled);

    /// <summary>At an audit most are as the parent believes: no need to read each row again to find that out.</summary>
    bool IsKnown(string id, Sight<Volume> sight) =>
        rows.TryRemove(id, out var row)
        && row.ProviderId == sight.Seen.Id
        && row.Status is VolumeStatus.Available or VolumeStatus.InUse
        && orders.Of(id) is null
        && VolumeReport.Of(row, sight.Seen, answers: false, blamed: false) is Verdict.Nothing;
}
