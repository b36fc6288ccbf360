using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// What is noted of a volume: its owner's metadata, and what is known of the image in it. Neither may be changed while it is <c>uploading</c>: Invalid.
/// </summary>
public sealed partial class Volumes
{
    /// <summary>Sets these items and leaves others alone. May be repeated.</summary>
    public Task SetMetadataAsync(Scope scope, string id, IReadOnlyDictionary<string, string> metadata, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            // cinder/api/v3/volume_metadata.py: create merges.
            ApiRequest.Post(VolumePaths.Metadata(id), new MetadataBody(metadata), BlockStorageJson.Default.MetadataBody) with { Idempotent = true },
            cancelled);

    /// <summary>Takes one metadata item away; NotFound when it is not there.</summary>
    public Task DeleteMetadataAsync(Scope scope, string id, string key, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(VolumePaths.Metadata(id, key)), cancelled);

    /// <summary>Sets these and leaves others alone. May be repeated.</summary>
    public Task SetImageMetadataAsync(Scope scope, string id, IReadOnlyDictionary<string, string> metadata, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { SetImageMetadata = new(metadata) }, cancelled);

    /// <summary>NotFound when it is not there.</summary>
    public Task UnsetImageMetadataAsync(Scope scope, string id, string key, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { UnsetImageMetadata = new(key) }, cancelled);

    /// <summary>May be repeated.</summary>
    public Task SetBootableAsync(Scope scope, string id, bool bootable, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { SetBootable = new(bootable) }, cancelled);

    /// <summary>Invalid unless the volume is <c>available</c>. May be repeated.</summary>
    public Task UpdateReadonlyFlagAsync(Scope scope, string id, bool isReadonly, CancellationToken cancelled) =>
        RepeatAsync(scope, id, new() { UpdateReadonlyFlag = new(isReadonly) }, cancelled);
}
