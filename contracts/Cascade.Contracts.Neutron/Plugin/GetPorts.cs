using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/api/rpc/handlers/metadata_rpc.py: MetadataRpcCallback.get_ports. Any filter of the API, for instance <c>binding:host_id</c>; a pure read.
/// </summary>
public sealed record GetPorts(JsonObject Filters) : IPluginCall<GetPorts, IReadOnlyList<NeutronPort>>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("get_ports", new(1, 0));

    public static JsonTypeInfo<GetPorts> Wire => NeutronJson.Default.GetPorts;

    public static IReadOnlyList<NeutronPort> ReadReply(JsonElement result) => Reply.List(result, NeutronPort.Read);
}
