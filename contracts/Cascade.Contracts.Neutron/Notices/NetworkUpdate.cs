using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/rpc.py: AgentNotifierApi.network_update. Only for MTU, QoS, port security and external; the push tells all.</summary>
/// <param name="Network">The API's dictionary.</param>
public sealed record NetworkUpdate(JsonObject? Network) : IRpcCall<NetworkUpdate>
{
    public static RpcName Name => new("network_update", new(1, 0));

    public static JsonTypeInfo<NetworkUpdate> Wire => NeutronJson.Default.NetworkUpdate;

    public NeutronNetwork? Read() => NeutronNetwork.Read(Network);
}
