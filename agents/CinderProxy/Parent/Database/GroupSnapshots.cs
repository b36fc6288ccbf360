using Cascade.Contracts.Cinder.States;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>group_snapshots</c>.</summary>
internal sealed record GroupSnapshotRow(
    string Id, string GroupId, string? UserId, string? ProjectId, string? Name, string? Description, string? GroupTypeId, string? Status, DateTime? CreatedAt)
{
    internal static GroupSnapshotRow Read(Row row) => new(
        row.Text("id"), row.Text("group_id"), row.TextOrNull("user_id"), row.TextOrNull("project_id"), row.TextOrNull("name"), row.TextOrNull("description"),
        row.TextOrNull("group_type_id"), row.TextOrNull("status"), row.TimeOrNull("created_at"));
}

/// <summary>The table <c>group_snapshots</c>. Its snapshots: <see cref="Snapshots.OfGroupSnapshotAsync"/>.</summary>
internal sealed class GroupSnapshots(CinderWork work)
{
    public Task<GroupSnapshotRow?> GetAsync(string id) => work.RowAsync(Statements.GroupSnapshotGet, GroupSnapshotRow.Read, ("gsid", id));

    /// <inheritdoc cref="Groups.LockAsync"/>
    public Task LockAsync(string id) => work.ScalarAsync(Statements.GroupSnapshotLock, ("gsid", id));

    public Task<bool> StatusAsync(string id, string to) => work.MetAsync(Statements.GroupSnapshotStatus, ("gsid", id), ("new", GroupSnapshotStatus.All.Word(to)));

    public Task<bool> DestroyAsync(string id) => work.MetAsync(Statements.GroupSnapshotDestroy, ("gsid", id));
}
