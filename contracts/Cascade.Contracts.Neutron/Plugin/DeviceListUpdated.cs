using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Plugin;

/// <summary>What became of each device (neutron/plugins/ml2/rpc.py: RpcCallbacks.update_device_list).</summary>
/// <param name="DevicesUp">Told; a port that does not exist, or is bound elsewhere, is among them all the same.</param>
/// <param name="FailedDevicesUp">The server failed with them: say it again.</param>
/// <param name="DevicesDown">With whether the server still has the port.</param>
public sealed record DeviceListUpdated(
    IReadOnlyList<string> DevicesUp, IReadOnlyList<string> FailedDevicesUp, IReadOnlyList<DeviceDown> DevicesDown, IReadOnlyList<string> FailedDevicesDown)
{
    internal static DeviceListUpdated Read(JsonElement result)
    {
        var reply = Reply.Dictionary(result) ?? [];
        return new(
            reply.Texts("devices_up"),
            reply.Texts("failed_devices_up"),
            [.. (reply["devices_down"] as JsonArray ?? []).Select(DeviceDown.Read).OfType<DeviceDown>()],
            reply.Texts("failed_devices_down"));
    }
}

/// <param name="Exists">False when the server knows no such port.</param>
public sealed record DeviceDown(string Device, bool Exists)
{
    internal static DeviceDown? Read(JsonNode? item) =>
        item is JsonObject down && down.Text("device") is { } device ? new(device, down.Flag("exists") ?? true) : null;
}
