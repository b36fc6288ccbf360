using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/plugins/ml2/rpc.py: RpcCallbacks.update_device_list. What is up becomes ACTIVE, what is down DOWN; the server tells nova and the other agents.
/// </summary>
/// <param name="AgentId">As a native agent: <c>ovs-agent-&lt;host&gt;</c>.</param>
/// <param name="RefreshTunnels">True for the first report on a network after a start: the server then casts who else is on it.</param>
public sealed record UpdateDeviceList(IReadOnlyList<string> DevicesUp, IReadOnlyList<string> DevicesDown, string AgentId, string Host, bool RefreshTunnels) : IPluginCall<UpdateDeviceList, DeviceListUpdated>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("update_device_list", new(1, 9));

    public static JsonTypeInfo<UpdateDeviceList> Wire => NeutronJson.Default.UpdateDeviceList;

    public static DeviceListUpdated ReadReply(JsonElement result) => DeviceListUpdated.Read(result);
}
