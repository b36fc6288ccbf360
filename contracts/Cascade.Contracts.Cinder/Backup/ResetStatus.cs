using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/backup/manager.py: BackupManager.reset_status. Cast. The API lets through <c>available</c> and <c>error</c>.</summary>
public sealed record ResetStatus(VersionedObject Backup, string Status) : IRpcCall<ResetStatus>
{
    public static RpcName Name => new("reset_status", new(2, 0));

    public static JsonTypeInfo<ResetStatus> Wire => CinderJson.Default.ResetStatus;
}
