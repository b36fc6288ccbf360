using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/backup/manager.py: BackupManager.check_support_to_force_delete. Call, before a forced delete is cast; answers a boolean.</summary>
public sealed record CheckSupportToForceDelete() : IRpcCall<CheckSupportToForceDelete>
{
    public static RpcName Name => new("check_support_to_force_delete", new(2, 0));

    public static JsonTypeInfo<CheckSupportToForceDelete> Wire => CinderJson.Default.CheckSupportToForceDelete;
}
