using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/manager.py: Manager.get_log_levels, of a backup service. Call; answers a LogLevelList.</summary>
public sealed record GetBackupLogLevels(VersionedObject LogRequest) : IRpcCall<GetBackupLogLevels>
{
    public static RpcName Name => new("get_log_levels", new(2, 1));

    public static JsonTypeInfo<GetBackupLogLevels> Wire => CinderJson.Default.GetBackupLogLevels;
}
