using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.inject_network_info. Cast.</summary>
public sealed record InjectNetworkInfo(VersionedObject Instance) : IRpcCall<InjectNetworkInfo>
{
    public static RpcName Name => new("inject_network_info", new(6, 0));

    public static JsonTypeInfo<InjectNetworkInfo> Wire => NovaJson.Default.InjectNetworkInfo;
}
