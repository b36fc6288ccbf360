using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.backup_instance. Cast. As a snapshot; <c>rotation</c> says how many of the type are kept.</summary>
public sealed record BackupInstance(VersionedObject Instance, string ImageId, string BackupType, int Rotation) : IRpcCall<BackupInstance>
{
    public static RpcName Name => new("backup_instance", new(6, 0));

    public static JsonTypeInfo<BackupInstance> Wire => NovaJson.Default.BackupInstance;
}
