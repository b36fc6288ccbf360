using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/api/rpc/handlers/securitygroups_rpc.py: SecurityGroupServerRpcCallback.security_group_info_for_devices. A pure read.
/// </summary>
/// <param name="CallVersion">Without it the members come in an older shape.</param>
public sealed record SecurityGroupInfoForDevices(IReadOnlyList<string> Devices, string CallVersion = "1.3") : IPluginCall<SecurityGroupInfoForDevices, SecurityGroupInfo>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("security_group_info_for_devices", new(1, 3));

    public static JsonTypeInfo<SecurityGroupInfoForDevices> Wire => NeutronJson.Default.SecurityGroupInfoForDevices;

    public static SecurityGroupInfo ReadReply(JsonElement result) => SecurityGroupInfo.Read(Reply.Dictionary(result));
}
