using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>neutron/plugins/ml2/rpc.py: AgentNotifierApi.binding_activate: the port now lives on that host.</summary>
public sealed record BindingActivate(string PortId, string Host) : IRpcCall<BindingActivate>
{
    public static RpcName Name => new("binding_activate", new(1, 0));

    public static JsonTypeInfo<BindingActivate> Wire => NeutronJson.Default.BindingActivate;
}
