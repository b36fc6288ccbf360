using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <inheritdoc/>
/// <remarks>
/// A backup only changes when somebody asked for it: while nothing is under way the child is not asked at all, and what others do to backups there the audit finds.
/// </remarks>
internal sealed class BackupWatch(ChildCloud child, BackupBook book, BackupOrders orders, BackupKeeper keeper, BackupTeller teller, VolumeHost host)
    : StampedWatch<Backup, BackupRow>(child, book, orders, host)
{
    public override async Task<IReadOnlyList<Backup>> ListAsync(DateTimeOffset? changedSince, CancellationToken cancelled) =>
        !keeper.IsWanted || (changedSince is not null && orders.IsEmpty) ? [] : await base.ListAsync(changedSince, cancelled);

    public override Task<Backup?> FindAsync(string childId, CancellationToken cancelled) => Child.Backups.FindAsync(Scope.Own, childId, cancelled);

    public override async Task<IReadOnlyCollection<string>> BelievedAsync(CancellationToken cancelled) => keeper.IsWanted ? await base.BelievedAsync(cancelled) : [];

    public override IAsyncEnumerable<Backup> ThereAsync(DateTimeOffset? changedSince, CancellationToken cancelled) =>
        UntilOlder<BackupFilter>(changedSince, filter => Child.Backups.ListAsync(Scope.Own, filter, cancelled));

    protected override Task TellAsync(string? id, string childId, Sight<Backup>? sight, CancellationToken cancelled) =>
        id is null || IsKnown(id, sight) ? Task.CompletedTask : teller.TellAsync(id, childId, sight, cancelled);

    protected override bool IsAsBelieved(BackupRow row, Backup seen) =>
        row.Status == BackupStatus.Available && BackupReport.Of(row, seen, answers: false, blamed: false) is Verdict.Nothing;
}
