using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy;

/// <summary>What is said of backups: ids 9160 to 9179.</summary>
internal static partial class Log
{
    [LoggerMessage(9160, LogLevel.Information, "Backup {Id} is made: child backup {ChildId} is available")]
    public static partial void BackupCreated(ILogger log, string id, string childId);

    [LoggerMessage(9161, LogLevel.Warning, "Backup {Id} could not be made: {Reason}")]
    public static partial void BackupFailed(ILogger log, string id, string reason);

    [LoggerMessage(9162, LogLevel.Information, "Backup {Id} is restored into volume {Volume}")]
    public static partial void BackupRestored(ILogger log, string id, string volume);

    [LoggerMessage(9163, LogLevel.Warning, "Backup {Id} could not be restored into volume {Volume}: {Reason}")]
    public static partial void RestoreFailed(ILogger log, string id, string volume, string reason);

    [LoggerMessage(9164, LogLevel.Information, "Backup {Id} is deleted in both clouds")]
    public static partial void BackupDeleted(ILogger log, string id);

    [LoggerMessage(9165, LogLevel.Warning, "Backup {Id} is none that this service took up: its status is not reset to {Status}")]
    public static partial void ResetRefused(ILogger log, string id, string status);

    [LoggerMessage(9166, LogLevel.Information, "The child has a cinder-backup that is up: {Host} stands for one in the parent, RPC {Version}")]
    public static partial void BackupRegistered(ILogger log, string host, string version);

    [LoggerMessage(9167, LogLevel.Warning, "The child has no cinder-backup that is up: that of {Host} in the parent beats no more")]
    public static partial void BackupGone(ILogger log, string host);

    [LoggerMessage(9168, LogLevel.Warning, "Whether the child has a cinder-backup could not be seen: {Reason}")]
    public static partial void BackupUnseen(ILogger log, Exception fault, string reason);
}
