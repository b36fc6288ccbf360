namespace Cascade.Contracts.Cinder.Messages;

/// <summary>cinder/message/message_field.py: Detail: what became of it. The tenant reads the text of the id; no other text can be told.</summary>
public static class MessageDetail
{
    /// <summary>An unknown error occurred.</summary>
    public const string UnknownError = "001";

    /// <summary>Driver is not initialized at present.</summary>
    public const string DriverNotInitialized = "002";

    /// <summary>Could not find any available weighted backend.</summary>
    public const string NoBackendAvailable = "003";

    /// <summary>Failed to upload volume to image at backend.</summary>
    public const string FailedToUploadVolume = "004";

    /// <summary>Volume's attach mode is invalid.</summary>
    public const string VolumeAttachModeInvalid = "005";

    /// <summary>Not enough quota resource for operation.</summary>
    public const string QuotaExceed = "006";

    /// <summary>Image used for creating volume exceeds available space.</summary>
    public const string NotEnoughSpaceForImage = "007";

    /// <summary>Unmanaging encrypted volumes is not supported.</summary>
    public const string UnmanageEncNotSupported = "008";

    /// <summary>Compute service failed to extend volume.</summary>
    public const string NotifyComputeServiceFailed = "009";

    /// <summary>Volume Driver failed to extend volume.</summary>
    public const string DriverFailedExtend = "010";

    /// <summary>Image signature verification failed.</summary>
    public const string SignatureVerificationFailed = "011";

    /// <summary>Driver failed to create the volume.</summary>
    public const string DriverFailedCreate = "012";

    /// <summary>Snapshot failed to create.</summary>
    public const string SnapshotCreateError = "013";

    /// <summary>Volume snapshot update metadata failed.</summary>
    public const string SnapshotUpdateMetadataFailed = "014";

    /// <summary>Snapshot is busy.</summary>
    public const string SnapshotIsBusy = "015";

    /// <summary>Snapshot failed to delete.</summary>
    public const string SnapshotDeleteError = "016";

    /// <summary>Backup status is invalid.</summary>
    public const string BackupInvalidState = "017";

    /// <summary>Backup service is down.</summary>
    public const string BackupServiceDown = "018";

    /// <summary>Failed to get backup device from the volume service.</summary>
    public const string BackupCreateDeviceError = "019";

    /// <summary>Backup driver failed to create backup.</summary>
    public const string BackupCreateDriverError = "020";

    /// <summary>Failed to attach volume.</summary>
    public const string AttachError = "021";

    /// <summary>Failed to detach volume.</summary>
    public const string DetachError = "022";

    /// <summary>Cleanup of temporary volume/snapshot failed.</summary>
    public const string BackupCreateCleanupError = "023";

    /// <summary>Backup failed to schedule. Service not found for creating backup.</summary>
    public const string BackupScheduleError = "024";

    /// <summary>Backup driver failed to delete backup.</summary>
    public const string BackupDeleteDriverError = "025";

    /// <summary>Backup driver failed to restore backup.</summary>
    public const string BackupRestoreError = "026";

    /// <summary>Volume status is invalid.</summary>
    public const string VolumeInvalidState = "027";

    /// <summary>Compute service failed to reimage volume.</summary>
    public const string ReimageVolumeFailed = "028";

    /// <summary>The image disk format must be the same as the volume format for the volume type you are requesting.</summary>
    public const string ImageFormatUnacceptable = "029";

    /// <summary>Incremental backup not possible, forcing full backup. Not in Zed, which shows UnknownError for it.</summary>
    public const string IncrementalBackupForcesFullBackup = "030";

    /// <summary>
    /// The detail that tells of a fault: some classes have their own, any other has what the caller says (message_field.py: translate_detail_id).
    /// </summary>
    /// <param name="class">Of cinder.exception, null when there was none.</param>
    /// <param name="detail">What is said of any other class.</param>
    public static string Of(string? @class, string detail = UnknownError) => @class switch
    {
        "DriverNotInitialized" => DriverNotInitialized,
        "NoValidBackend" => NoBackendAvailable,
        "InvalidVolumeAttachMode" => VolumeAttachModeInvalid,
        "ImageLimitExceeded" or "BackupLimitExceeded" or "SnapshotLimitExceeded" => QuotaExceed,
        "ImageTooBig" => NotEnoughSpaceForImage,
        "SnapshotIsBusy" => SnapshotIsBusy,
        _ => detail,
    };
}
