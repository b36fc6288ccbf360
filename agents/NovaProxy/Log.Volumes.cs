using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What is said of volumes: ids 4700 to 4799.</summary>
internal static partial class Log
{
    [LoggerMessage(4700, LogLevel.Information, "Volume {Volume} was made in the parent for {Uuid} from {Source}")]
    public static partial void VolumeMade(ILogger log, string volume, string uuid, string source);

    [LoggerMessage(4701, LogLevel.Information, "Volume {Volume} of {Uuid} is child volume {ChildVolume}")]
    public static partial void VolumeConnected(ILogger log, string volume, string uuid, string childVolume);

    [LoggerMessage(4702, LogLevel.Warning, "Volume {Volume} of {Uuid} could not be freed or deleted in the parent and is left as it is: {Reason}")]
    public static partial void VolumeLeft(ILogger log, Exception fault, string volume, string uuid, string reason);

    [LoggerMessage(4703, LogLevel.Warning, "The attachment of volume {Volume} to {Uuid} is gone in the parent although the guest has it")]
    public static partial void AttachmentMissing(ILogger log, string volume, string uuid);

    [LoggerMessage(4704, LogLevel.Warning, "Volumes could not be looked at, trying on: {Reason}")]
    public static partial void VolumesUnseen(ILogger log, Exception fault, string reason);

    [LoggerMessage(4710, LogLevel.Information, "Volume {Volume} is attached to {Uuid} as child volume {ChildVolume}")]
    public static partial void VolumeAttached(ILogger log, string volume, string uuid, string childVolume);

    [LoggerMessage(4711, LogLevel.Information, "Volume {Volume} is detached from {Uuid}")]
    public static partial void VolumeDetached(ILogger log, string volume, string uuid);

    [LoggerMessage(4712, LogLevel.Warning, "Volume {Volume} of {Uuid} was detached in the child, not by this cloud")]
    public static partial void VolumeGone(ILogger log, string volume, string uuid);

    [LoggerMessage(4714, LogLevel.Warning, "Volume {Volume} of {Uuid} does not say that image {Image} is on it now: {Reason}")]
    public static partial void ImageNotNoted(ILogger log, Exception fault, string volume, string uuid, string image, string reason);

    [LoggerMessage(4713, LogLevel.Information, "Volume {Volume} of {Uuid} was extended to {Size} GiB")]
    public static partial void VolumeExtended(ILogger log, string volume, string uuid, int? size);
}
