using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy;

/// <summary>What is said of volumes and snapshots: ids 8100 to 8199.</summary>
internal static partial class Log
{
    [LoggerMessage(8100, LogLevel.Information, "Volume {Id} is made: child volume {ChildId} is available")]
    public static partial void VolumeCreated(ILogger log, string id, string childId);

    [LoggerMessage(8101, LogLevel.Warning, "Volume {Id} could not be made: {Reason}")]
    public static partial void VolumeFailed(ILogger log, string id, string reason);

    [LoggerMessage(8102, LogLevel.Information, "Volume {Id} was handed back to the schedulers: {Reason}")]
    public static partial void HandedBack(ILogger log, string id, string reason);

    [LoggerMessage(8103, LogLevel.Warning, "What the child may have of {Id} could not be removed now: {Reason}")]
    public static partial void LeftInChild(ILogger log, Exception fault, string id, string reason);

    [LoggerMessage(8104, LogLevel.Information, "Volume {Id} is deleted in both clouds")]
    public static partial void VolumeDeleted(ILogger log, string id);

    [LoggerMessage(8105, LogLevel.Warning, "{Id} could not be deleted: {Reason}")]
    public static partial void DeleteFailed(ILogger log, string id, string reason);

    [LoggerMessage(8106, LogLevel.Information, "Volume {Id} has grown from {Before} to {After} GiB")]
    public static partial void VolumeExtended(ILogger log, string id, int before, int after);

    [LoggerMessage(8107, LogLevel.Warning, "Volume {Id} could not be extended: {Reason}")]
    public static partial void ExtendFailed(ILogger log, string id, string reason);

    [LoggerMessage(8108, LogLevel.Information, "Volume {Id} is of type {Type} now")]
    public static partial void VolumeRetyped(ILogger log, string id, string type);

    [LoggerMessage(8109, LogLevel.Warning, "Volume {Id} could not be retyped: {Reason}")]
    public static partial void RetypeFailed(ILogger log, string id, string reason);

    [LoggerMessage(8110, LogLevel.Warning, "Volume {Id} could not be reverted to its snapshot: {Reason}")]
    public static partial void RevertFailed(ILogger log, string id, string reason);

    [LoggerMessage(8111, LogLevel.Information, "Volume {Id} is in image {Image}")]
    public static partial void VolumeUploaded(ILogger log, string id, string image);

    [LoggerMessage(8112, LogLevel.Warning, "Volume {Id} could not be brought into image {Image}: {Reason}")]
    public static partial void UploadFailed(ILogger log, string id, string image, string reason);

    [LoggerMessage(8113, LogLevel.Warning, "What was made for image {Image} could not be removed and is left: {Reason}")]
    public static partial void ImageLeft(ILogger log, Exception fault, string image, string reason);

    [LoggerMessage(8114, LogLevel.Warning, "Volume {Id} did not get its new image: {Reason}")]
    public static partial void ReimageFailed(ILogger log, string id, string reason);

    [LoggerMessage(8115, LogLevel.Information, "Volume {Id} is taken over: child volume {ChildId}")]
    public static partial void VolumeManaged(ILogger log, string id, string childId);

    [LoggerMessage(8116, LogLevel.Information, "Snapshot {Id} is taken over: child snapshot {ChildId}")]
    public static partial void SnapshotManaged(ILogger log, string id, string childId);

    [LoggerMessage(8117, LogLevel.Warning, "{Id} could not be taken over: {Reason}")]
    public static partial void ManageFailed(ILogger log, string id, string reason);

    [LoggerMessage(8118, LogLevel.Warning, "The migration of volume {Id} is refused: {Reason}")]
    public static partial void MigrationRefused(ILogger log, string id, string reason);

    [LoggerMessage(8119, LogLevel.Warning, "The mark of volume {Id}, which was handed back, stays: {Reason}")]
    public static partial void WorkerLeft(ILogger log, Exception fault, string id, string reason);

    [LoggerMessage(8120, LogLevel.Warning, "{Id} went wrong in the child: {ChildId} is {ChildStatus}")]
    public static partial void WentWrongInChild(ILogger log, string id, string childId, string childStatus);

    [LoggerMessage(8121, LogLevel.Information, "{Id} is well again in the child: {ChildId}")]
    public static partial void WellAgainInChild(ILogger log, string id, string childId);

    [LoggerMessage(8122, LogLevel.Information, "Volume {Id} was made larger in the child: from {Before} to {After} GiB")]
    public static partial void GrewInChild(ILogger log, string id, int before, int after);

    [LoggerMessage(8123, LogLevel.Warning, "Volume {Id} may still be on offer in the child: {Reason}")]
    public static partial void OfferLeft(ILogger log, Exception fault, string id, string reason);

    [LoggerMessage(8124, LogLevel.Warning, "The child says of {ChildId}, which is in error: {Text} (child request {Request})")]
    public static partial void ChildSays(ILogger log, string childId, string text, string request);

    [LoggerMessage(8125, LogLevel.Information, "What the child says of {ChildId}, which is in error, could not be read: {Reason}")]
    public static partial void ChildSaysNothing(ILogger log, Exception fault, string childId, string reason);

    [LoggerMessage(8130, LogLevel.Information, "Snapshot {Id} is made: child snapshot {ChildId} is available")]
    public static partial void SnapshotCreated(ILogger log, string id, string childId);

    [LoggerMessage(8131, LogLevel.Warning, "Snapshot {Id} could not be made: {Reason}")]
    public static partial void SnapshotFailed(ILogger log, string id, string reason);

    [LoggerMessage(8132, LogLevel.Information, "Snapshot {Id} is deleted in both clouds")]
    public static partial void SnapshotDeleted(ILogger log, string id);

    [LoggerMessage(8140, LogLevel.Information, "Volume {Id} is detached from server {Server} in the child, which had not let go of it")]
    public static partial void DetachingInChild(ILogger log, string id, string server);

    [LoggerMessage(8141, LogLevel.Warning, "The child would not detach volume {Id} now: {Reason}")]
    public static partial void DetachRefused(ILogger log, Exception fault, string id, string reason);

    [LoggerMessage(8142, LogLevel.Warning, "Whether volume {Id} is bootable could not be told to the child, which may refuse to boot from it: {Reason}")]
    public static partial void BootableLeft(ILogger log, Exception fault, string id, string reason);
}
