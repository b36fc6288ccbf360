using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.attach_interface. Call; answers the VIF as in the network info. Network and port are never both given; without either it is any network of the tenant.</summary>
public sealed record AttachInterface(VersionedObject Instance, string? NetworkId = null, string? PortId = null, string? RequestedIp = null, string? Tag = null) : IRpcCall<AttachInterface>
{
    public static RpcName Name => new("attach_interface", new(6, 0));

    public static JsonTypeInfo<AttachInterface> Wire => NovaJson.Default.AttachInterface;
}
