using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/api/rpc/handlers/resources_rpc.py: ResourcesPullRpcCallback.bulk_pull, a pure read. Fields of the database row can be filtered, and a port's
/// <c>security_group_ids</c>; the host of a binding cannot.
/// </summary>
/// <param name="Version">The version to be told in, ours: <see cref="NeutronObjects.Version"/>.</param>
/// <param name="FilterKwargs">See <see cref="Filters"/>.</param>
public sealed record BulkPull(string ResourceType, string Version, JsonObject FilterKwargs) : IPluginCall<BulkPull, IReadOnlyList<VersionedObject>>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("bulk_pull", new(1, 1));

    public static JsonTypeInfo<BulkPull> Wire => NeutronJson.Default.BulkPull;

    public static IReadOnlyList<VersionedObject> ReadReply(JsonElement result) => Reply.Objects(result);

    /// <summary>All of <paramref name="type"/> whose <paramref name="field"/> is one of <paramref name="values"/>.</summary>
    public static BulkPull Of(string type, string field, params IEnumerable<string> values) =>
        new(type, NeutronObjects.Version(type), Filters.Of(field, values));
}
