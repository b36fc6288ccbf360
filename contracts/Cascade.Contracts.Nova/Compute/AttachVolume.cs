using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.attach_volume. Cast. The mapping is the one that reserve_block_device_name answered, with the attachment that nova-api made since.</summary>
public sealed record AttachVolume(VersionedObject Instance, VersionedObject Bdm) : IRpcCall<AttachVolume>
{
    public static RpcName Name => new("attach_volume", new(6, 0));

    public static JsonTypeInfo<AttachVolume> Wire => NovaJson.Default.AttachVolume;
}
