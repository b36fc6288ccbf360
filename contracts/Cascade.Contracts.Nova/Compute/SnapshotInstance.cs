using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.snapshot_instance. Cast. The image is in the parent's Glance already, <c>queued</c>.</summary>
public sealed record SnapshotInstance(VersionedObject Instance, string ImageId) : IRpcCall<SnapshotInstance>
{
    public static RpcName Name => new("snapshot_instance", new(6, 0));

    public static JsonTypeInfo<SnapshotInstance> Wire => NovaJson.Default.SnapshotInstance;
}
