namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The table <c>volume_admin_metadata</c>: readonly, attached_mode.</summary>
internal sealed class AdminMetadata(CinderWork work)
{
    public const string Readonly = "readonly";
    public const string AttachedMode = "attached_mode";
    public const string Temporary = "temporary";

    public async Task<IReadOnlyDictionary<string, string?>> GetAsync(string volumeId) =>
        (await work.RowsAsync(Statements.AdminMetaGet, Pair.Read, ("id", volumeId))).ToDictionary();

    /// <summary>One value: a former one of that key is soft-deleted first.</summary>
    public async Task SetAsync(string volumeId, string key, string value)
    {
        await DeleteAsync(volumeId, key);
        await work.ExecuteAsync(Statements.AdminMetaInsert, ("id", volumeId), ("key", key), ("value", value));
    }

    public Task<bool> DeleteAsync(string volumeId, string key) => work.MetAsync(Statements.AdminMetaDelete, ("id", volumeId), ("key", key));
}
