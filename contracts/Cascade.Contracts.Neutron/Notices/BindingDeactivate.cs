using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/rpc.py: AgentNotifierApi.binding_deactivate: the port has left that host.</summary>
public sealed record BindingDeactivate(string PortId, string Host, string? NetworkId = null) : IRpcCall<BindingDeactivate>
{
    public static RpcName Name => new("binding_deactivate", new(1, 0));

    public static JsonTypeInfo<BindingDeactivate> Wire => NeutronJson.Default.BindingDeactivate;
}
