using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.add_fixed_ip_to_instance. Cast.</summary>
public sealed record AddFixedIpToInstance(VersionedObject Instance, string NetworkId) : IRpcCall<AddFixedIpToInstance>
{
    public static RpcName Name => new("add_fixed_ip_to_instance", new(6, 0));

    public static JsonTypeInfo<AddFixedIpToInstance> Wire => NovaJson.Default.AddFixedIpToInstance;
}
