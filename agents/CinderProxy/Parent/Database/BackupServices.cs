namespace Cascade.CinderProxy.Parent.Database;

/// <summary>Our row of <c>services</c> as a cinder-backup, beside that of the cinder-volume (<see cref="Services"/>), whose heartbeat serves it too.</summary>
internal sealed class BackupServices(CinderWork work)
{
    public Task<ServiceRow?> GetAsync(string host) => work.RowAsync(Statements.BackupServiceGet, ServiceRow.Read, ("host", host));

    /// <inheritdoc cref="Services.InsertAsync"/>
    public Task InsertAsync(string uuid, string host, string availabilityZone, string rpcVersion, string objectVersion) => work.ExecuteAsync(
        Statements.BackupServiceInsert, ("uuid", uuid), ("host", host), ("az", availabilityZone), ("rpc", rpcVersion), ("ovo", objectVersion));

    /// <summary>False when somebody removed the row.</summary>
    public Task<bool> StartAsync(int id, string availabilityZone, string rpcVersion, string objectVersion) =>
        work.MetAsync(Statements.BackupServiceStart, ("sid", id), ("az", availabilityZone), ("rpc", rpcVersion), ("ovo", objectVersion));
}
