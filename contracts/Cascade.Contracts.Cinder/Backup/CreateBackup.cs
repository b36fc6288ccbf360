using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/backup/manager.py: BackupManager.create_backup. Cast, by a scheduler that has chosen the host.</summary>
public sealed record CreateBackup(VersionedObject Backup) : IRpcCall<CreateBackup>
{
    public static RpcName Name => new("create_backup", new(2, 0));

    public static JsonTypeInfo<CreateBackup> Wire => CinderJson.Default.CreateBackup;
}
