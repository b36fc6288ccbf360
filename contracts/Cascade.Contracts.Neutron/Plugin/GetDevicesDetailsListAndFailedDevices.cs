using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>
/// neutron/plugins/ml2/rpc.py: RpcCallbacks.get_devices_details_list_and_failed_devices. A WRITE in spite of its name: every port found on the host it is
/// bound to becomes BUILD, or DOWN (_get_new_status). To read, use <see cref="GetPorts"/> and <see cref="BulkPull"/>.
/// </summary>
public sealed record GetDevicesDetailsListAndFailedDevices(IReadOnlyList<string> Devices, string AgentId, string Host) : IPluginCall<GetDevicesDetailsListAndFailedDevices, DevicesDetails>
{
    public static string Topic => NeutronTopics.Plugin;

    public static RpcName Name => new("get_devices_details_list_and_failed_devices", new(1, 5));

    public static JsonTypeInfo<GetDevicesDetailsListAndFailedDevices> Wire => NeutronJson.Default.GetDevicesDetailsListAndFailedDevices;

    public static DevicesDetails ReadReply(JsonElement result) => DevicesDetails.Read(result);
}
