using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>
/// neutron/plugins/ml2/rpc.py: AgentNotifierApi.port_update. Not sent for a port that becomes unbound, nor for names, DNS or tags
/// (plugin.py: _notify_port_updated): the push tells those.
/// </summary>
/// <param name="Port">The API's dictionary.</param>
public sealed record PortUpdate(JsonObject? Port, string? NetworkType = null, int? SegmentationId = null, string? PhysicalNetwork = null) : IRpcCall<PortUpdate>
{
    public static RpcName Name => new("port_update", new(1, 0));

    public static JsonTypeInfo<PortUpdate> Wire => NeutronJson.Default.PortUpdate;

    public NeutronPort? Read() => NeutronPort.Read(Port);
}
