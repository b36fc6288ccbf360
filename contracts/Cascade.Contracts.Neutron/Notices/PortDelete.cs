using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/rpc.py: AgentNotifierApi.port_delete. Goes to everybody.</summary>
public sealed record PortDelete(string PortId) : IRpcCall<PortDelete>
{
    public static RpcName Name => new("port_delete", new(1, 0));

    public static JsonTypeInfo<PortDelete> Wire => NeutronJson.Default.PortDelete;
}
