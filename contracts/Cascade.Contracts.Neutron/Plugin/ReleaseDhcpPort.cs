using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>neutron/api/rpc/handlers/dhcp_rpc.py: DhcpRpcCallback.release_dhcp_port. Answers nothing; a port that is gone is no error.</summary>
public sealed record ReleaseDhcpPort(string Host, string NetworkId, string DeviceId) : IPluginCall<ReleaseDhcpPort, bool>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("release_dhcp_port", new(1, 0));

    public static JsonTypeInfo<ReleaseDhcpPort> Wire => NeutronJson.Default.ReleaseDhcpPort;

    public static bool ReadReply(JsonElement result) => true;
}
