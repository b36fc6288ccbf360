using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <inheritdoc/>
/// <remarks>One that others are increments of is refused by the child, and goes after them.</remarks>
internal sealed class BackupReaper(
    ChildCloud child, CinderDatabase database, BackupBook book, BackupKeeper keeper, VolumeHost host, CinderProxyOptions options, TimeProvider time, ILogger<BackupReaper> log)
    : StampedReaper<Backup>("backup", child, host, options, time, log)
{
    protected override IAsyncEnumerable<Backup> StampedAsync(CancellationToken cancelled) =>
        keeper.IsWanted ? Child.Backups.ListAsync(Scope.Own, new() { AllTenants = true }, cancelled) : AsyncEnumerable.Empty<Backup>();

    protected override bool IsIdle(Backup seen) => seen.Status is BackupStatus.Available or BackupStatus.Error or BackupStatus.ErrorDeleting;

    /// <summary>
    /// By the link alone: the API writes another host into a row when it has something done to a backup (cinder/backup/api.py: _get_available_backup_service_host), and only
    /// the row that is meant is ever linked. One that is not linked yet, or never came to be, takes with it what carries its stamp.
    /// </summary>
    protected override async Task<string?> ReasonAsync(Backup seen, string id, CancellationToken cancelled) =>
        await database.ReadAsync(work => work.Backups.GetAsync(id), cancelled) is not { } row ? Gone
        : BackupLink.Of(row) is not { } link || (link.Service == Host.Service && link.ChildId == seen.Id) ? null
        : $"the parent's backup has {link.ChildId} of {link.Service}";

    protected override Task DeleteAsync(Backup seen, CancellationToken cancelled) =>
        new BackupActuator(Child, book, seen.ProjectId ?? "", seen.VolumeId).DeleteAsync(seen, cancelled);
}
