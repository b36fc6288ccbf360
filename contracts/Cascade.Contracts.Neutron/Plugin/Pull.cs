using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/api/rpc/handlers/resources_rpc.py: ResourcesPullRpcCallback.pull. Only types with a producer are served: QosPolicy, and Trunk by the id of its
/// parent port; any other is a failure (CallbackNotFound). Null when there is none.
/// </summary>
public sealed record Pull(string ResourceType, string Version, string ResourceId) : IPluginCall<Pull, VersionedObject?>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("pull", new(1, 0));

    public static JsonTypeInfo<Pull> Wire => NeutronJson.Default.Pull;

    public static VersionedObject? ReadReply(JsonElement result) => Reply.Object(result);

    public static Pull Of(string type, string id) => new(type, NeutronObjects.Version(type), id);
}
