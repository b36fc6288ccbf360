namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>workers</c>: an operation that somebody began on a resource.</summary>
/// <param name="ResourceType">Volume or Snapshot.</param>
/// <param name="Status">what the resource was in when it was claimed: creating, downloading, deleting, uploading.</param>
internal sealed record WorkerRow(int Id, string ResourceType, string ResourceId, string Status, DateTime? UpdatedAt)
{
    internal static WorkerRow Read(Row row) =>
        new(row.Int("id"), row.Text("resource_type"), row.Text("resource_id"), row.Text("status"), row.TimeOrNull("updated_at"));
}

/// <summary>Marks of what is under way (cinder/objects/cleanable.py). Only create_volume, delete_volume and create_snapshot have one.</summary>
internal sealed class Workers(CinderWork work)
{
    public const string Volume = "Volume";
    public const string Snapshot = "Snapshot";

    /// <summary>False when there is no row: the operation ended already, or never had one.</summary>
    public Task<bool> ClaimAsync(string resourceType, string resourceId, int serviceId, string status) =>
        work.MetAsync(Statements.WorkerClaim, ("rtype", resourceType), ("id", resourceId), ("sid", serviceId), ("status", status));

    public Task<bool> DoneAsync(string resourceType, string resourceId, int serviceId) =>
        work.MetAsync(Statements.WorkerDone, ("rtype", resourceType), ("id", resourceId), ("sid", serviceId));

    /// <summary>Once a volume has gone back to the scheduler: another service claims it. False when one has already, for instance the scheduler (cinder/scheduler/manager.py: create_volume, set_workers).</summary>
    public Task<bool> ReleaseAsync(string resourceType, string resourceId, int serviceId, string status) =>
        work.MetAsync(Statements.WorkerRelease, ("rtype", resourceType), ("id", resourceId), ("sid", serviceId), ("status", status));

    public Task<IReadOnlyList<WorkerRow>> MineAsync(int serviceId) => work.RowsAsync(Statements.WorkersMine, WorkerRow.Read, ("sid", serviceId));
}
