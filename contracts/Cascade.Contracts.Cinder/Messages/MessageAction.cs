namespace Cascade.Contracts.Cinder.Messages;

/// <summary>cinder/message/message_field.py: Action: what was being done.</summary>
public static class MessageAction
{
    /// <summary>Schedule allocate volume.</summary>
    public const string ScheduleAllocateVolume = "001";

    /// <summary>Attach volume.</summary>
    public const string AttachVolume = "002";

    /// <summary>Copy volume to image.</summary>
    public const string CopyVolumeToImage = "003";

    /// <summary>Update attachment.</summary>
    public const string UpdateAttachment = "004";

    /// <summary>Copy image to volume.</summary>
    public const string CopyImageToVolume = "005";

    /// <summary>Unmanage volume.</summary>
    public const string UnmanageVolume = "006";

    /// <summary>Extend volume.</summary>
    public const string ExtendVolume = "007";

    /// <summary>Create volume from backend storage.</summary>
    public const string CreateVolumeFromBackend = "008";

    /// <summary>Create snapshot.</summary>
    public const string SnapshotCreate = "009";

    /// <summary>Delete snapshot.</summary>
    public const string SnapshotDelete = "010";

    /// <summary>Update snapshot.</summary>
    public const string SnapshotUpdate = "011";

    /// <summary>Update snapshot metadata.</summary>
    public const string SnapshotMetadataUpdate = "012";

    /// <summary>Create backup.</summary>
    public const string BackupCreate = "013";

    /// <summary>Delete backup.</summary>
    public const string BackupDelete = "014";

    /// <summary>Restore backup.</summary>
    public const string BackupRestore = "015";

    /// <summary>Reimage volume.</summary>
    public const string ReimageVolume = "016";
}
