using Cascade.Contracts.Cinder.States;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>groups</c>.</summary>
/// <param name="GroupSnapshotId">what it is made from, as <paramref name="SourceGroupId"/>.</param>
internal sealed record GroupRow(
    string Id, string? UserId, string ProjectId, string? Host, string? AvailabilityZone, string? Name, string? Description, string? GroupTypeId, string? Status,
    string? GroupSnapshotId, string? SourceGroupId, DateTime? CreatedAt)
{
    internal static GroupRow Read(Row row) => new(
        row.Text("id"), row.TextOrNull("user_id"), row.TextOrNull("project_id") ?? "", row.TextOrNull("host"), row.TextOrNull("availability_zone"), row.TextOrNull("name"),
        row.TextOrNull("description"), row.TextOrNull("group_type_id"), row.TextOrNull("status"), row.TextOrNull("group_snapshot_id"), row.TextOrNull("source_group_id"), row.TimeOrNull("created_at"));
}

/// <summary>The table <c>groups</c>. Members: <see cref="Volumes.OfGroupAsync"/>.</summary>
internal sealed class Groups(CinderWork work)
{
    public Task<GroupRow?> GetAsync(string id) => work.RowAsync(Statements.GroupGet, GroupRow.Read, ("gid", id));

    /// <summary>Nobody else ends it before this transaction does.</summary>
    public Task LockAsync(string id) => work.ScalarAsync(Statements.GroupLock, ("gid", id));

    public Task<bool> StatusAsync(string id, string to) => work.MetAsync(Statements.GroupStatus, ("gid", id), ("new", GroupStatus.All.Word(to)));

    /// <summary>Available; created_at is now, as natively.</summary>
    public Task<bool> CreatedAsync(string id) => work.MetAsync(Statements.GroupCreated, ("gid", id));

    /// <summary>The soft delete of a group and its types. Its quota (<see cref="QuotaCharge.Group"/>) and its volumes are other steps of the same transaction.</summary>
    public async Task<bool> DestroyAsync(string id)
    {
        var met = await work.MetAsync(Statements.GroupDestroy, ("gid", id));
        await work.ExecuteAsync(Statements.GroupDestroyDep, ("gid", id));
        return met;
    }
}
