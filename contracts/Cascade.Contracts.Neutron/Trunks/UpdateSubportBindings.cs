using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Trunks;

/// <summary>
/// neutron/services/trunk/rpc/server.py: TrunkSkeleton.update_subport_bindings. Binds the subports to the host of their trunk, whose status becomes BUILD;
/// answers the ports by trunk.
/// </summary>
/// <param name="Subports"><c>{trunk_id, port_id, segmentation_type, segmentation_id}</c> each.</param>
public sealed record UpdateSubportBindings(JsonArray Subports) : IPluginCall<UpdateSubportBindings, IReadOnlyDictionary<string, IReadOnlyList<NeutronPort>>>
{
    public static string Topic => NeutronTopics.Trunk;

    public static RpcName Name => new("update_subport_bindings", new(1, 0), "trunk");

    public static JsonTypeInfo<UpdateSubportBindings> Wire => NeutronJson.Default.UpdateSubportBindings;

    public static IReadOnlyDictionary<string, IReadOnlyList<NeutronPort>> ReadReply(JsonElement result) => Reply.Lists(result, NeutronPort.Read);

    public static UpdateSubportBindings Of(string trunkId, IEnumerable<NeutronSubPort> subPorts) => new(
        [.. subPorts.Select(subPort => (JsonNode)new JsonObject
        {
            ["trunk_id"] = trunkId,
            ["port_id"] = subPort.PortId,
            ["segmentation_type"] = subPort.SegmentationType,
            ["segmentation_id"] = subPort.SegmentationId,
        })]);
}
