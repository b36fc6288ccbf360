using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.remove_volume_connection. Call. With the attachment from 6.3 on.</summary>
public sealed record RemoveVolumeConnection(VersionedObject Instance, string VolumeId, bool DeleteAttachment = false) : IRpcCall<RemoveVolumeConnection>
{
    public static RpcName Name => new("remove_volume_connection", new(6, 0));

    public static JsonTypeInfo<RemoveVolumeConnection> Wire => NovaJson.Default.RemoveVolumeConnection;
}
