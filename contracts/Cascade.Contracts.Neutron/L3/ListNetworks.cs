using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.get_networks, a pure read. Served where agents of the third layer ask; the agents of the second have
/// <see cref="GetNetworks"/>.
/// </summary>
/// <param name="Fields">Null for all; without <c>id</c> nothing can be read.</param>
public sealed record ListNetworks(JsonObject Filters, IReadOnlyList<string>? Fields = null) : IPluginCall<ListNetworks, IReadOnlyList<NeutronNetwork>>
{
    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("get_networks", new(1, 12));

    public static JsonTypeInfo<ListNetworks> Wire => NeutronJson.Default.ListNetworks;

    public static IReadOnlyList<NeutronNetwork> ReadReply(JsonElement result) => Reply.List(result, NeutronNetwork.Read);

    /// <summary>The networks that a router may have its gateway on.</summary>
    public static ListNetworks External() => new(new JsonObject { ["router:external"] = new JsonArray(true) });
}
