namespace Cascade.Contracts.Cinder.Messages;

/// <summary>
/// What a native cinder-volume and cinder-backup tell of each failure (cinder/volume/manager.py, flows/manager/create_volume.py and cinder/backup/manager.py:
/// message_api.create).
/// </summary>
public static class UserMessages
{
    /// <summary>CreateVolumeFromSpecTask.execute, of any source.</summary>
    public static UserMessage CreateFailed { get; } = new(MessageAction.CreateVolumeFromBackend, MessageDetail.DriverFailedCreate);

    /// <summary>CreateVolumeFromSpecTask._create_from_image_cache_or_download, as the two that follow.</summary>
    public static UserMessage ImageTooBig { get; } = new(MessageAction.CopyImageToVolume, MessageDetail.NotEnoughSpaceForImage);

    public static UserMessage ImageSignatureRefused { get; } = new(MessageAction.CopyImageToVolume, MessageDetail.SignatureVerificationFailed);

    public static UserMessage ImageFormatRefused { get; } = new(MessageAction.CopyImageToVolume, MessageDetail.ImageFormatUnacceptable);

    public static UserMessage SnapshotCreateFailed { get; } =
        new(MessageAction.SnapshotCreate, MessageDetail.SnapshotCreateError, MessageResource.VolumeSnapshot);

    public static UserMessage SnapshotMetadataFailed { get; } =
        new(MessageAction.SnapshotCreate, MessageDetail.SnapshotUpdateMetadataFailed, MessageResource.VolumeSnapshot);

    public static UserMessage SnapshotBusy { get; } = new(MessageAction.SnapshotDelete, MessageDetail.SnapshotIsBusy, MessageResource.VolumeSnapshot);

    public static UserMessage SnapshotDeleteFailed { get; } =
        new(MessageAction.SnapshotDelete, MessageDetail.SnapshotDeleteError, MessageResource.VolumeSnapshot);

    public static UserMessage ExtendFailed { get; } = new(MessageAction.ExtendVolume, MessageDetail.DriverFailedExtend);

    /// <summary>The volume has grown, the guest was not told (cinder/compute/nova.py: API.extend_volume).</summary>
    public static UserMessage ExtendNotTold { get; } = new(MessageAction.ExtendVolume, MessageDetail.NotifyComputeServiceFailed);

    public static UserMessage UploadFailed { get; } = new(MessageAction.CopyVolumeToImage, MessageDetail.FailedToUploadVolume);

    public static UserMessage ReimageFormatRefused { get; } = new(MessageAction.ReimageVolume, MessageDetail.ImageFormatUnacceptable);

    /// <summary>Natively only in the log (cinder/volume/manager.py: VolumeManager.reimage); a tenant who is told what failed need not guess.</summary>
    public static UserMessage ReimageFailed { get; } = new(MessageAction.ReimageVolume, MessageDetail.UnknownError);

    /// <summary>The volume has its image, nova was not told (cinder/compute/nova.py: API.reimage_volume).</summary>
    public static UserMessage ReimageNotTold { get; } = new(MessageAction.ReimageVolume, MessageDetail.ReimageVolumeFailed);

    /// <summary>attachment_update; a class says more by <see cref="UserMessage.Because"/>.</summary>
    public static UserMessage AttachmentFailed { get; } = new(MessageAction.UpdateAttachment, MessageDetail.UnknownError);

    /// <summary>attach_volume, of the legacy attach.</summary>
    public static UserMessage AttachFailed { get; } = new(MessageAction.AttachVolume, MessageDetail.UnknownError);

    /// <summary>BackupManager.continue_backup, of whatever the driver says, as the two that follow.</summary>
    public static UserMessage BackupCreateFailed { get; } = new(MessageAction.BackupCreate, MessageDetail.BackupCreateDriverError, MessageResource.VolumeBackup);

    public static UserMessage BackupDeleteFailed { get; } = new(MessageAction.BackupDelete, MessageDetail.BackupDeleteDriverError, MessageResource.VolumeBackup);

    public static UserMessage BackupRestoreFailed { get; } = new(MessageAction.BackupRestore, MessageDetail.BackupRestoreError, MessageResource.VolumeBackup);
}
