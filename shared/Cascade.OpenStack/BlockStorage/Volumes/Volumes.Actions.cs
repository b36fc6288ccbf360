using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Actions that a compute gives.</summary>
public sealed partial class Volumes
{
    /// <summary>From <c>detaching</c> back to <c>in-use</c>; nothing in any other status, so it may be repeated (cinder/volume/api.py: roll_detaching).</summary>
    public Task RollDetachingAsync(Scope scope, string id, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { RollDetaching = new() }, cancelled);

    /// <summary>From <c>attaching</c> back to what it was; nothing in any other status, so it may be repeated (cinder/volume/api.py: unreserve_volume).</summary>
    public Task UnreserveAsync(Scope scope, string id, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { Unreserve = new() }, cancelled);

    /// <summary>Ends a migration that Cinder began and asked the compute to carry out. For administrators.</summary>
    /// <returns>The id of the volume that is kept.</returns>
    public async Task<string> CompleteMigrationAsync(Scope scope, string oldId, string newId, bool error, CancellationToken cancelled)
    {
        var action = Acting(oldId, new() { MigrationCompletion = new(newId, error) });
        return (await client.SendAsync(scope, action, BlockStorageJson.Default.MigrationCompletionAnswer, cancelled)).SaveVolumeId;
    }

    private Task RepeatAsync(Scope scope, string id, VolumeAction action, CancellationToken cancelled) =>
        client.DoAsync(scope, Acting(id, action) with { Idempotent = true }, cancelled);

    private static ApiRequest Acting(string id, VolumeAction action) => ApiRequest.Post(VolumePaths.Action(id), action, BlockStorageJson.Default.VolumeAction);
}
