using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>
/// cinder/backup/manager.py: BackupManager.continue_backup, the answer to get_backup_device. Cast to the queue of <c>backup.host</c>. The method came with
/// 2.3 and is asked for as 2.0 (cinder/backup/rpcapi.py: BackupAPI.continue_backup).
/// </summary>
/// <param name="Backup">As it came.</param>
/// <param name="BackupDevice">From <see cref="Objects.BackupDevice"/>.</param>
public sealed record ContinueBackup(VersionedObject Backup, VersionedObject BackupDevice) : IRpcCall<ContinueBackup>
{
    public static RpcName Name => new("continue_backup", new(2, 0));

    public static JsonTypeInfo<ContinueBackup> Wire => CinderJson.Default.ContinueBackup;
}
