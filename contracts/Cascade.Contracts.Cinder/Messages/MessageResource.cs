namespace Cascade.Contracts.Cinder.Messages;

/// <summary>cinder/message/message_field.py: Resource.</summary>
public static class MessageResource
{
    public const string Volume = "VOLUME";
    public const string VolumeBackup = "VOLUME_BACKUP";
    public const string VolumeSnapshot = "VOLUME_SNAPSHOT";
}
