using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Plugin;

/// <param name="FailedDevices">The server failed with them.</param>
public sealed record DevicesDetails(IReadOnlyList<DeviceDetails> Devices, IReadOnlyList<string> FailedDevices)
{
    internal static DevicesDetails Read(JsonElement result)
    {
        var reply = Reply.Dictionary(result) ?? [];
        return new([.. reply.Each("devices").Select(DeviceDetails.Read).OfType<DeviceDetails>()], reply.Texts("failed_devices"));
    }
}

/// <summary>neutron/plugins/ml2/rpc.py: RpcCallbacks._get_device_details.</summary>
/// <param name="Device">As it was asked.</param>
/// <param name="PortId">Null when the port is unknown, or bound elsewhere.</param>
/// <param name="NoActiveBinding">True when it is bound elsewhere.</param>
/// <param name="Raw">The details as they came.</param>
public sealed record DeviceDetails(string Device, string? PortId, bool NoActiveBinding, JsonObject Raw)
{
    internal static DeviceDetails? Read(JsonObject of) =>
        of.Text("device") is { } device ? new(device, of.Text("port_id"), of.Flag("no_active_binding") ?? false, of) : null;
}
