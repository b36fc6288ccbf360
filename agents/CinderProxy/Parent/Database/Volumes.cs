namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The table <c>volumes</c>. A method that changes something is true when the row was there, in the state that its name speaks of.</summary>
internal sealed class Volumes(CinderWork work)
{
    public Task<VolumeRow?> GetAsync(string id) => work.RowAsync(Statements.VolumeGet, VolumeRow.Read, ("id", id));

    /// <summary>As <see cref="GetAsync"/>, and nobody else changes it before this transaction ends.</summary>
    public Task<VolumeRow?> LockAsync(string id) => work.RowAsync(Statements.VolumeLock, VolumeRow.Read, ("id", id));

    /// <summary>Our volumes by id, a page at a time: the last id of a page is the <paramref name="after"/> of the next.</summary>
    /// <param name="backend"><c>host@backend</c>: it and its pools, case-sensitive.</param>
    /// <param name="statuses">only these; null for all.</param>
    public Task<IReadOnlyList<VolumeRow>> OfHostAsync(string backend, string after = "", int limit = 1000, IReadOnlyCollection<string>? statuses = null) =>
        statuses is null
            ? work.RowsAsync(Statements.VolumesPage, VolumeRow.Read, [.. CinderWork.Ours(backend), ("after", after), ("limit", limit)])
            : work.RowsAsync(Statements.VolumesPageIn, VolumeRow.Read, [.. CinderWork.Ours(backend), ("after", after), ("limit", limit), ("statuses", statuses)]);

    /// <summary>No host's, and still marked as worked on by this service: what was to go back to the scheduler, and nobody knows whether it did.</summary>
    public Task<IReadOnlyList<VolumeRow>> HandedBackAsync(int serviceId) => work.RowsAsync(Statements.VolumesHandedBack, VolumeRow.Read, ("sid", serviceId));

    /// <summary>Those of our volumes that are linked to one of these of the child.</summary>
    public Task<IReadOnlyList<VolumeRow>> OfChildrenAsync(string backend, IReadOnlyCollection<string> childIds) =>
        work.RowsAsync(Statements.VolumesByChild, VolumeRow.Read, [.. CinderWork.Ours(backend), ("children", childIds)]);

    public Task<IReadOnlyList<VolumeRow>> OfGroupAsync(string groupId) => work.RowsAsync(Statements.VolumesOfGroup, VolumeRow.Read, ("gid", groupId));

    /// <summary>For allocated_capacity_gb.</summary>
    public Task<IReadOnlyList<PoolUse>> AllocatedByPoolAsync(string backend) =>
        work.RowsAsync(Statements.AllocatedByPool, PoolUse.Read, CinderWork.Ours(backend));

    /// <summary>The tenant's own metadata.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> MetadataAsync(string id) =>
        (await work.RowsAsync(Statements.VolumeMetadata, Pair.Read, ("id", id))).ToDictionary();

    /// <summary>The link to the child's volume: written before anybody waits for it; null takes it away.</summary>
    public Task<bool> SetChildAsync(string id, string? childId, string? location) =>
        work.MetAsync(Statements.VolumeSetChild, ("id", id), ("child", childId), ("loc", location));

    /// <summary>creating or downloading → available.</summary>
    public Task<bool> CreatedAsync(string id, string? serviceUuid) => work.MetAsync(Statements.VolumeCreated, ("id", id), ("suuid", serviceUuid));

    public Task<bool> StatusAsync(string id, string from, string to) => work.MetAsync(Statements.VolumeStatusIf, ("id", id), ("old", from), ("new", to));

    /// <summary>From any state: for what is broken, and for nothing else.</summary>
    public Task<bool> ForceStatusAsync(string id, string to) => work.MetAsync(Statements.VolumeStatus, ("id", id), ("new", to));

    /// <summary>Back to previous_status, where there is one.</summary>
    public Task<bool> PreviousStatusAsync(string id, string from) => work.MetAsync(Statements.VolumeStatusPrevious, ("id", id), ("old", from));

    /// <summary>No host's any more: before it goes back to the scheduler.</summary>
    public Task<bool> UnscheduleAsync(string id) => work.MetAsync(Statements.VolumeUnschedule, ("id", id));

    public Task<bool> BootableAsync(string id) => work.MetAsync(Statements.VolumeBootable, ("id", id));

    /// <summary>Of one that goes back to the scheduler: another host will say what it is made of.</summary>
    public Task<bool> NotBootableAsync(string id) => work.MetAsync(Statements.VolumeNotBootable, ("id", id));

    /// <summary>available or in-use, and grown without anybody asking: in the child.</summary>
    public Task<bool> GrownAsync(string id, int from, int to) => work.MetAsync(Statements.VolumeGrown, ("id", id), ("from", from), ("size", to));

    /// <summary>extending → <paramref name="to"/> (available, or in-use where attachments are).</summary>
    public Task<bool> ExtendedAsync(string id, int size, string to) => work.MetAsync(Statements.VolumeExtended, ("id", id), ("size", size), ("new", to));

    /// <summary>retyping → <paramref name="to"/>, with its snapshots (from 2025.1 native does the same).</summary>
    public async Task<bool> RetypedAsync(string id, string typeId, string host, string to)
    {
        if (!await work.MetAsync(Statements.VolumeRetyped, ("id", id), ("type", typeId), ("host", host), ("new", to)))
        {
            return false;
        }

        await work.ExecuteAsync(Statements.SnapshotsRetyped, ("id", id), ("type", typeId));
        return true;
    }

    /// <summary>backing-up → what it was before; <paramref name="mark"/> is what previous_status says then (cinder/backup/manager.py: _finish_backup).</summary>
    public Task<bool> BackedUpAsync(string id, string mark) => work.MetAsync(Statements.VolumeBackedUp, ("id", id), ("mark", mark));

    /// <summary>One item of the tenant's metadata, over the one that is there.</summary>
    public async Task SetMetadataAsync(string id, string key, string value)
    {
        if (!await work.MetAsync(Statements.VolumeMetadataSet, ("id", id), ("key", key), ("value", value)))
        {
            await work.ExecuteAsync(Statements.VolumeMetadataInsert, ("id", id), ("key", key), ("value", value));
        }
    }

    /// <summary>managing → available.</summary>
    public Task<bool> ManagedAsync(string id, int size, string childId, string? location, string? serviceUuid) => work.MetAsync(
        Statements.VolumeManaged, ("id", id), ("size", size), ("child", childId), ("loc", location), ("suuid", serviceUuid));

    /// <summary>A migration that cannot be: retyping and maintenance end where they began.</summary>
    public Task<bool> MigrationErrorAsync(string id) => work.MetAsync(Statements.VolumeMigrationError, ("id", id));

    /// <summary>uploading → in-use where attachments are, else available.</summary>
    public Task<bool> UploadedAsync(string id) => work.MetAsync(Statements.VolumeUploadDone, ("id", id));

    /// <param name="groupId">null takes it out of its group.</param>
    public Task<bool> SetGroupAsync(string id, string? groupId) => work.MetAsync(Statements.VolumeSetGroup, ("id", id), ("gid", groupId));

    /// <summary>The soft delete of a volume and all that hangs on it (volume_destroy). Its quota is another step of the same transaction, taken before.</summary>
    public async Task<bool> DestroyAsync(string id)
    {
        if (!await work.MetAsync(Statements.VolumeDestroy, ("id", id)))
        {
            return false;
        }

        foreach (var dependent in Statements.VolumeDestroyDep)
        {
            await work.ExecuteAsync(dependent, ("id", id));
        }

        return true;
    }

    /// <summary>After our service row was made anew: our volumes name the new one. How many did not.</summary>
    public Task<int> ToServiceAsync(string backend, string serviceUuid) =>
        work.ExecuteAsync(Statements.VolumesToService, [.. CinderWork.Ours(backend), ("suuid", serviceUuid)]);
}
