using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/manager.py: Manager.set_log_levels, of a backup service. Cast.</summary>
public sealed record SetBackupLogLevels(VersionedObject LogRequest) : IRpcCall<SetBackupLogLevels>
{
    public static RpcName Name => new("set_log_levels", new(2, 1));

    public static JsonTypeInfo<SetBackupLogLevels> Wire => CinderJson.Default.SetBackupLogLevels;
}
