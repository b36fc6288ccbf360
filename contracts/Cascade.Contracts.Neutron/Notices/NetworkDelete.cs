using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/rpc.py: AgentNotifierApi.network_delete.</summary>
public sealed record NetworkDelete(string NetworkId) : IRpcCall<NetworkDelete>
{
    public static RpcName Name => new("network_delete", new(1, 0));

    public static JsonTypeInfo<NetworkDelete> Wire => NeutronJson.Default.NetworkDelete;
}
