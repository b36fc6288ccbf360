using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What is said of images made of servers and put under them: ids 4500 to 4599.</summary>
internal static partial class Log
{
    [LoggerMessage(4503, LogLevel.Information, "Image {Image} was deleted in the parent while its snapshot was on the way: nobody wants it")]
    public static partial void SnapshotUnwanted(ILogger log, Exception? fault, string image);

    [LoggerMessage(4504, LogLevel.Warning, "The snapshot {Image} of {Uuid} failed: {Reason}")]
    public static partial void SnapshotFailed(ILogger log, Exception fault, string image, string uuid, string reason);

    [LoggerMessage(4505, LogLevel.Information, "The snapshot {Image} of {Uuid} waits: {Reason}")]
    public static partial void SnapshotWaits(ILogger log, string image, string uuid, string reason);

    [LoggerMessage(4506, LogLevel.Warning, "Image {Image} could not be removed and is left: {Reason}")]
    public static partial void ImageLeft(ILogger log, Exception fault, string image, string reason);

    [LoggerMessage(4507, LogLevel.Information, "Backup {Image} of {Uuid} is beyond the rotation of {Rotation}: deleted")]
    public static partial void BackupRotated(ILogger log, string image, string uuid, int rotation);

    [LoggerMessage(4520, LogLevel.Information, "Server {Uuid} is shelved and offloaded: nothing of it is in the child but what its ports and volumes left")]
    public static partial void Offloaded(ILogger log, string uuid);

    [LoggerMessage(4521, LogLevel.Information, "Server {Uuid} was unshelved: child server {ChildId} is active")]
    public static partial void Unshelved(ILogger log, string uuid, string childId);

    [LoggerMessage(4522, LogLevel.Warning, "Server {Uuid} could not be unshelved here: {Reason}")]
    public static partial void UnshelveFailed(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4523, LogLevel.Warning, "Server {Uuid}, shelved for longer than shelved_offload_time, could not be offloaded: {Reason}")]
    public static partial void OffloadFailed(ILogger log, Exception fault, string uuid, string reason);
}
