using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>
/// cinder/backup/manager.py: BackupManager.restore_backup. Cast. 2.4 adds <c>volume_is_new</c>: nothing was ever written to the volume, so holes need not be.
/// </summary>
public sealed record RestoreBackup(VersionedObject Backup, string VolumeId, bool VolumeIsNew = false) : IRpcCall<RestoreBackup>
{
    public static RpcName Name => new("restore_backup", new(2, 0));

    public static JsonTypeInfo<RestoreBackup> Wire => CinderJson.Default.RestoreBackup;
}
