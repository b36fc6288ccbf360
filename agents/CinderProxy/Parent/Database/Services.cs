namespace Cascade.CinderProxy.Parent.Database;

/// <summary>Our row of <c>services</c> (cinder/objects/service.py: Service).</summary>
/// <param name="Id">what <c>workers.service_id</c> refers to.</param>
/// <param name="Uuid">what <c>volumes.service_uuid</c> refers to.</param>
/// <param name="RpcCurrentVersion">the lowest of all rows pins every caller.</param>
internal sealed record ServiceRow(
    int Id, string? Uuid, bool Disabled, string? DisabledReason, bool Frozen, string? AvailabilityZone, string? RpcCurrentVersion, string? ObjectCurrentVersion,
    string? ReplicationStatus, DateTime? UpdatedAt)
{
    internal static ServiceRow Read(Row row) => new(
        row.Int("id"), row.TextOrNull("uuid"), row.Flag("disabled"), row.TextOrNull("disabled_reason"), row.Flag("frozen"), row.TextOrNull("availability_zone"),
        row.TextOrNull("rpc_current_version"), row.TextOrNull("object_current_version"), row.TextOrNull("replication_status"), row.TimeOrNull("updated_at"));
}

/// <summary>What the parent knows of us: cinder/service.py. updated_at is the database's own clock.</summary>
internal sealed class Services(CinderWork work)
{
    /// <param name="host"><c>host@backend</c>.</param>
    public Task<ServiceRow?> GetAsync(string host) => work.RowAsync(Statements.ServiceGet, ServiceRow.Read, ("host", host));

    /// <param name="rpcVersion">never null or empty: cinder-api does not start beside a row without one.</param>
    /// <param name="objectVersion">1.38 or 1.39.</param>
    public Task InsertAsync(string uuid, string host, string availabilityZone, string rpcVersion, string objectVersion) => work.ExecuteAsync(
        Statements.ServiceInsert, ("uuid", uuid), ("host", host), ("az", availabilityZone), ("rpc", rpcVersion), ("ovo", objectVersion));

    /// <summary>False when somebody removed the row.</summary>
    public Task<bool> StartAsync(int id, string availabilityZone, string rpcVersion, string objectVersion) =>
        work.MetAsync(Statements.ServiceStart, ("sid", id), ("az", availabilityZone), ("rpc", rpcVersion), ("ovo", objectVersion));

    /// <summary>False when somebody removed the row: insert it again, and tell the volumes (<see cref="Volumes.ToServiceAsync"/>).</summary>
    public Task<bool> HeartbeatAsync(int id) => work.MetAsync(Statements.ServiceHeartbeat, ("sid", id));

    public Task<bool> FreezeAsync(int id) => work.MetAsync(Statements.ServiceFreeze, ("sid", id));

    public Task<bool> ThawAsync(int id) => work.MetAsync(Statements.ServiceThaw, ("sid", id));
}
