using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Backups of Cinder. Every method throws <see cref="CloudFault"/> and nothing else but cancellation; without a cinder-backup that is up they are
/// Unavailable.
/// </summary>
public sealed class Backups
{
    private const string All = "/backups";

    private readonly ServiceClient client;

    internal Backups(ServiceClient client) => this.client = client;

    /// <summary>
    /// Makes one; sent once. The backup is <c>creating</c>, its volume <c>backing-up</c> or its snapshot <c>backing-up</c>. Invalid when volume or snapshot
    /// are in another status, in use without force, or nothing is there to be incremental to; OverQuota.
    /// </summary>
    public async Task<ResourceSummary> CreateAsync(Scope scope, BackupCreate wanted, CancellationToken cancelled)
    {
        var (floor, why) = wanted.Floor;
        var request = ApiRequest.Post(All, new BackupCreateBody(wanted), BlockStorageJson.Default.BackupCreateBody) with { Floor = floor, FloorReason = why };
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.BackupMadeBody, cancelled)).Backup;
    }

    public async Task<Backup> GetAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(PathOf(id)), BlockStorageJson.Default.BackupBody, cancelled)).Backup;

    /// <summary>As <see cref="GetAsync"/>, but null when there is none.</summary>
    public Task<Backup?> FindAsync(Scope scope, string id, CancellationToken cancelled) =>
        client.FindAsync(scope, ApiRequest.Get(PathOf(id)), BlockStorageJson.Default.BackupBody, body => body.Backup, cancelled);

    /// <summary>Backups in detail, page after page, newest first unless sorted otherwise.</summary>
    public IAsyncEnumerable<Backup> ListAsync(Scope scope, BackupFilter filter, CancellationToken cancelled) =>
        client.PagesAsync(
            scope,
            ApiRequest.Get(All + "/detail", filter.ToQuery()),
            BlockStorageJson.Default.BackupPage,
            page => ((IReadOnlyList<Backup>?)page.Backups, Paging.Next(page.BackupsLinks)),
            cancelled);

    /// <summary>The same again has the same effect.</summary>
    public Task UpdateAsync(Scope scope, string id, BackupUpdate update, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            ApiRequest.Put(PathOf(id), new BackupUpdateBody(update), BlockStorageJson.Default.BackupUpdateBody, idempotent: true) with
            {
                Floor = update.Metadata is null ? new(3, 9) : new(3, 43), FloorReason = "changing a backup",
            },
            cancelled);

    /// <summary>
    /// Writes it over a volume, which is <c>restoring-backup</c> until that is done, and the backup <c>restoring</c>; sent once. Invalid unless both are
    /// <c>available</c> and the volume is large enough.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The backup.</param>
    /// <param name="volumeId">Null makes a volume, and this does not return before it is there: the API polls it (cinder/backup/api.py: restore).</param>
    /// <param name="name">Of the volume that is made.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<BackupRestored> RestoreAsync(Scope scope, string id, string? volumeId, string? name, CancellationToken cancelled)
    {
        var request = ApiRequest.Post(PathOf(id) + "/restore", new BackupRestoreBody(new(volumeId, name)), BlockStorageJson.Default.BackupRestoreBody);
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.BackupRestoredBody, cancelled)).Restore;
    }

    /// <summary>Asks for deletion; NotFound when it is gone. Invalid unless <c>available</c> or <c>error</c>, and while others are increments of it.</summary>
    public Task DeleteAsync(Scope scope, string id, CancellationToken cancelled) => client.DoAsync(scope, ApiRequest.Delete(PathOf(id)), cancelled);

    /// <summary>In whatever status; for administrators. Unsupported where cinder-backup's driver does not let it. May be repeated.</summary>
    public Task ForceDeleteAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new() { ForceDelete = new() }, cancelled);

    /// <summary>Writes over the status; for administrators. May be repeated.</summary>
    public Task ResetStatusAsync(Scope scope, string id, string status, CancellationToken cancelled) =>
        ActAsync(scope, id, new() { ResetStatus = new(status) }, cancelled);

    private Task ActAsync(Scope scope, string id, BackupAction action, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Post(PathOf(id) + "/action", action, BlockStorageJson.Default.BackupAction) with { Idempotent = true }, cancelled);

    private static string PathOf(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}
