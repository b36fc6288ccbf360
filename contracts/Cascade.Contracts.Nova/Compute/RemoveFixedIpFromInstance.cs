using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.remove_fixed_ip_from_instance. Cast.</summary>
public sealed record RemoveFixedIpFromInstance(VersionedObject Instance, string Address) : IRpcCall<RemoveFixedIpFromInstance>
{
    public static RpcName Name => new("remove_fixed_ip_from_instance", new(6, 0));

    public static JsonTypeInfo<RemoveFixedIpFromInstance> Wire => NovaJson.Default.RemoveFixedIpFromInstance;
}
