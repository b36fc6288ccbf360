using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Reports;

/// <summary>neutron/db/agents_db.py: AgentExtRpcCallback.has_alive_neutron_server. From 2025.1 on the server looks at its database and may say false: ask again after a report interval.</summary>
public sealed record HasAliveNeutronServer() : IPluginCall<HasAliveNeutronServer, bool>
{
    public static string Topic => NeutronTopics.Reports;

    public static RpcName Name => new("has_alive_neutron_server", new(1, 2));

    public static JsonTypeInfo<HasAliveNeutronServer> Wire => NeutronJson.Default.HasAliveNeutronServer;

    public static bool ReadReply(JsonElement result) => result.ValueKind == JsonValueKind.True;
}
