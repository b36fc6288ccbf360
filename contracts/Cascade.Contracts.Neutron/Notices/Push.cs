using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Notices;

/// <summary>
/// neutron/api/rpc/handlers/resources_rpc.py: ResourcesPushRpcApi._push, on the topic of its type and version. A deletion carries only the id.
/// </summary>
/// <param name="EventType"><c>created</c>, <c>updated</c> or <c>deleted</c>; Port, Network, Subnet and security groups are never <c>created</c> (ovo_rpc.py).</param>
public sealed record Push(JsonArray? ResourceList, string? EventType) : IRpcCall<Push>
{
    public static RpcName Name => new("push", new(1, 0));

    public static JsonTypeInfo<Push> Wire => NeutronJson.Default.Push;

    [JsonIgnore]
    public bool IsDeletion => EventType == "deleted";

    /// <summary>What can be read of it: one odd item spoils no other.</summary>
    public IEnumerable<VersionedObject> Resources() =>
        (ResourceList ?? []).Select(item => VersionedObject.TryRead(item, out var read) ? read : null).OfType<VersionedObject>();
}
