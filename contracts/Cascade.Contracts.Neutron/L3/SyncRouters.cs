using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.L3;

/// <summary>
/// neutron/api/rpc/handlers/l3_rpc.py: L3RpcCallback.sync_routers. A WRITE in spite of its name: the ports of every router it answers are bound to the host and become
/// DOWN when they were elsewhere. Routers that are administratively down, deleted or of another agent are left out.
/// </summary>
/// <param name="RouterIds">
/// Of <see cref="GetRouterIds"/>, or of a notice that was addressed to this host; in any mode but legacy any other router behind which this host has servers is
/// answered as well, its ports with it. Null or empty for all of the host.
/// </param>
public sealed record SyncRouters(string Host, IReadOnlyList<string>? RouterIds) : IPluginCall<SyncRouters, IReadOnlyList<NeutronRouter>>
{
    /// <summary>neutron/agent/l3/agent.py: SYNC_ROUTERS_MAX_CHUNK_SIZE: how many a native agent asks for at once.</summary>
    public const int MostAtOnce = 256;

    public static string Topic => NeutronTopics.L3Plugin;

    public static RpcName Name => new("sync_routers", new(1, 0));

    public static JsonTypeInfo<SyncRouters> Wire => NeutronJson.Default.SyncRouters;

    public static IReadOnlyList<NeutronRouter> ReadReply(JsonElement result) => Reply.List(result, NeutronRouter.Read);
}
