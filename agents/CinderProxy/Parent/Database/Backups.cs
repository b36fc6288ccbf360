using Cascade.Contracts.Cinder.States;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The table <c>backups</c>.</summary>
internal sealed class Backups(CinderWork work)
{
    /// <summary>What the column fail_reason holds; cinder cuts it too (cinder/db/sqlalchemy/models.py: Backup.validate_fail_reason).</summary>
    const int LongestReason = 255;

    public Task<BackupRow?> GetAsync(string id) => work.RowAsync(Statements.BackupGet, BackupRow.Read, ("id", id));

    public Task<IReadOnlyList<BackupRow>> OfVolumeAsync(string volumeId) => work.RowsAsync(Statements.BackupsOf, BackupRow.Read, ("id", volumeId));

    /// <summary>Backups of our service by id, a page at a time: the last id of a page is the <paramref name="after"/> of the next.</summary>
    /// <inheritdoc cref="Volumes.OfHostAsync"/>
    public Task<IReadOnlyList<BackupRow>> OfHostAsync(string backend, string after = "", int limit = 1000, IReadOnlyCollection<string>? statuses = null) =>
        statuses is null
            ? work.RowsAsync(Statements.BackupsPage, BackupRow.Read, [.. CinderWork.Ours(backend), ("after", after), ("limit", limit)])
            : work.RowsAsync(Statements.BackupsPageIn, BackupRow.Read, [.. CinderWork.Ours(backend), ("after", after), ("limit", limit), ("statuses", statuses)]);

    /// <summary>It is ours from now on, while it is creating. Without a service a later increment of it would break the API (cinder/backup/api.py: create).</summary>
    public Task<bool> BegunAsync(string id, string service, string availabilityZone) =>
        work.MetAsync(Statements.BackupBegun, ("id", id), ("service", service), ("az", availabilityZone));

    public Task<bool> SetLinkAsync(string id, string link) => work.MetAsync(Statements.BackupSetLink, ("id", id), ("link", link));

    /// <summary>creating → available.</summary>
    public Task<bool> CreatedAsync(string id, int? objects) => work.MetAsync(Statements.BackupCreated, ("id", id), ("objects", objects));

    /// <param name="reason">fail_reason; cut to what the column holds, null for none.</param>
    public Task<bool> EndAsync(string id, string from, string to, string? reason) => work.MetAsync(
        Statements.BackupEnded, ("id", id), ("old", from), ("new", BackupStatus.All.Word(to)), ("reason", reason is { Length: > LongestReason } ? reason[..LongestReason] : reason));

    /// <summary>From any state: an administrator says so.</summary>
    public Task<bool> ForceStatusAsync(string id, string to) => work.MetAsync(Statements.BackupStatus, ("id", id), ("new", BackupStatus.All.Word(to)));

    /// <summary>An increment of it was made.</summary>
    public Task<bool> GainedDependentAsync(string id) => work.MetAsync(Statements.BackupDependentMore, ("id", id));

    /// <summary>An increment of it is gone.</summary>
    public Task<bool> LostDependentAsync(string id) => work.MetAsync(Statements.BackupDependentLess, ("id", id));

    /// <summary>The soft delete of a backup and its metadata (backup_destroy). Its quota is another step of the same transaction.</summary>
    public async Task<bool> DestroyAsync(string id)
    {
        var met = await work.MetAsync(Statements.BackupDestroy, ("id", id));
        await work.ExecuteAsync(Statements.BackupDestroyDep, ("id", id));
        return met;
    }
}
