using Cascade.Contracts.Nova.States;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>What a snapshot, a backup and a shelve differ in: nova's words on the way of the bytes.</summary>
/// <param name="Event">Of the action.</param>
/// <param name="Asked">What nova-api wrote before it sent the order.</param>
/// <param name="Working">While the child makes its image.</param>
/// <param name="PendingUpload">When it is made.</param>
/// <param name="Uploading">While its bytes come into the parent's image.</param>
internal sealed record SnapshotKind(string Event, string Asked, string Working, string PendingUpload, string Uploading)
{
    public static SnapshotKind Snapshot { get; } = new(
        Events.Snapshot, TaskStates.ImageSnapshotPending, TaskStates.ImageSnapshot, TaskStates.ImagePendingUpload, TaskStates.ImageUploading);

    public static SnapshotKind Backup { get; } = new(
        Events.Backup, TaskStates.ImageBackup, TaskStates.ImageBackup, TaskStates.ImagePendingUpload, TaskStates.ImageUploading);

    public static SnapshotKind Shelve { get; } = new(
        Events.Shelve, TaskStates.Shelving, TaskStates.Shelving, TaskStates.ShelvingImagePendingUpload, TaskStates.ShelvingImageUploading);

    /// <summary>The child has made it; the rest is ours.</summary>
    public bool IsOnTheWay(string? taskState) => taskState == PendingUpload || taskState == Uploading;

    public bool IsUnderWay(string? taskState) => taskState == Working || IsOnTheWay(taskState);
}
