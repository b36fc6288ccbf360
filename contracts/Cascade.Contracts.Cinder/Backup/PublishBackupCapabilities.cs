using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/backup/manager.py: BackupManager.publish_service_capabilities. Fanout, of a scheduler that starts.</summary>
public sealed record PublishBackupCapabilities() : IRpcCall<PublishBackupCapabilities>
{
    public static RpcName Name => new("publish_service_capabilities", new(2, 2));

    public static JsonTypeInfo<PublishBackupCapabilities> Wire => CinderJson.Default.PublishBackupCapabilities;
}
