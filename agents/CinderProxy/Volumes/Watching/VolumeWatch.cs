using System.Collections.Concurrent;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes.Watching;

/// <inheritdoc/>
internal sealed class VolumeWatch(ChildCloud child, VolumeBook book, VolumeTeller teller, Sights sights, Orders orders, VolumeHost host)
    : StampedWatch<Volume, VolumeRow>(child, book, host)
{
    /// <summary>Rows as the last audit read them; each serves once, for the report that follows it.</summary>
    readonly ConcurrentDictionary<string, VolumeRow> rows = new(StringComparer.Ordinal);

    public override string FingerprintOf(Volume seen) => $"{seen.Status}|{seen.Size}|{seen.VolumeType}|{seen.MigrationStatus}|{seen.Attachments.Count}";

    public override Task<Volume?> FindAsync(string childId, CancellationToken cancelled) => Child.Volumes.FindAsync(Scope.Own, childId, cancelled);

    public override Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled)
    {
        rows.Clear();
        return Book.ReadAsync(cancelled, row => rows[row.Id] = row);
    }

    public override IAsyncEnumerable<Volume> ThereAsync(DateTimeOffset? changedSince, CancellationToken cancelled) =>
        Child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true, UpdatedSince = changedSince }, cancelled);

    protected override Task TellAsync(string? id, string childId, Sight<Volume>? sight, CancellationToken cancelled) =>
        sights.Show(childId, sight?.Seen, sight?.Asked ?? long.MaxValue) || id is null || IsKnown(id, sight)
            ? Task.CompletedTask
            : sights.TellAsync(childId, stop => teller.TellAsync(id, childId, sight, stop), cancelled);

    /// <summary>At an audit most are as the parent believes: no need to read each row again to find that out.</summary>
    bool IsKnown(string id, Sight<Volume>? sight) =>
        sight is not null
        && rows.TryRemove(id, out var row)
        && row.ProviderId == sight.Seen.Id
        && row.Status is VolumeStatus.Available or VolumeStatus.InUse
        && orders.Of(id) is null
        && VolumeReport.Of(row, sight.Seen, answers: false, blamed: false) is Verdict.Nothing;
}
