namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// What changes a volume's contents, size or kind. All of them answer 202 and go on in the cloud; each is sent once, because the second would meet the state
/// that the first one left and be refused: look at the volume after a fault with <see cref="CloudFault.ResultUnknown"/>.
/// </summary>
public sealed partial class Volumes
{
    /// <summary>
    /// Makes it larger; <c>extending</c> until it is. Invalid when it is not larger, or in neither <c>available</c> nor <c>in-use</c>; OverQuota. What goes
    /// wrong later leaves <c>error_extending</c> with the old size, or, when no backend has the room, the old status and a message.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The volume.</param>
    /// <param name="newSize">GiB, all of it.</param>
    /// <param name="attached">Whether it is in use: that needs 3.42, below which only an <c>available</c> one is extended.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task ExtendAsync(Scope scope, string id, int newSize, bool attached, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            Acting(id, new() { Extend = new(newSize) }) with { Floor = attached ? new(3, 42) : null, FloorReason = "extending a volume in use" },
            cancelled);

    /// <summary>
    /// Another type; <c>retyping</c> until it has it. NotFound for an unknown type; Invalid in other states than <c>available</c> and <c>in-use</c>, for the
    /// type it has, for one in a group. What goes wrong later puts the status back and leaves the type as it was, and a message: look at both.
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The volume.</param>
    /// <param name="newType">Name or id.</param>
    /// <param name="migrationPolicy"><c>never</c> or <c>on-demand</c>; null is <c>never</c>.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task RetypeAsync(Scope scope, string id, string newType, string? migrationPolicy, CancellationToken cancelled) =>
        client.DoAsync(scope, Acting(id, new() { Retype = new(newType, migrationPolicy) }), cancelled);

    /// <summary>
    /// Back to its latest snapshot (3.40); <c>reverting</c> until it is, and the snapshot <c>restoring</c>. Invalid when the snapshot is not the latest or
    /// the volume has grown since; Conflict when either is not <c>available</c> (cinder/api/v3/volumes.py: revert).
    /// </summary>
    public Task RevertAsync(Scope scope, string id, string snapshotId, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            Acting(id, new() { Revert = new(snapshotId) }) with { Floor = new(3, 40), FloorReason = "reverting a volume to its snapshot" },
            cancelled);

    /// <summary>
    /// Writes an image over it (3.68); <c>downloading</c> until that is done. Invalid unless it is <c>available</c> or <c>error</c>, or <c>reserved</c> where
    /// that is allowed here and by policy; Conflict when several servers have it.
    /// </summary>
    public Task ReimageAsync(Scope scope, string id, string imageId, bool reimageReserved, CancellationToken cancelled) =>
        client.DoAsync(
            scope,
            Acting(id, new() { Reimage = new(imageId, reimageReserved ? true : null) }) with { Floor = new(3, 68), FloorReason = "writing an image over a volume" },
            cancelled);

    /// <summary>
    /// Makes an image of it; <c>uploading</c> until the image is active. Invalid in another status. When the answer is lost an image may be left
    /// <c>queued</c> or come to be: look for its name.
    /// </summary>
    public async Task<UploadedImage> UploadImageAsync(Scope scope, string id, ImageUpload upload, CancellationToken cancelled)
    {
        var request = Acting(id, new() { UploadImage = upload }) with
        {
            Floor = upload.Visibility is not null || upload.Protected is not null ? new(3, 1) : null, FloorReason = "visibility of an uploaded image",
        };
        return (await client.SendAsync(scope, request, BlockStorageJson.Default.ImageUploadAnswer, cancelled)).Upload;
    }
}
