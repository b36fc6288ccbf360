using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/backup/manager.py: BackupManager.delete_backup. Cast; a forced delete is the same message about a backup in any state before.</summary>
public sealed record DeleteBackup(VersionedObject Backup) : IRpcCall<DeleteBackup>
{
    public static RpcName Name => new("delete_backup", new(2, 0));

    public static JsonTypeInfo<DeleteBackup> Wire => CinderJson.Default.DeleteBackup;
}
