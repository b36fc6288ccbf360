using System.Text.Json;
using Cascade.Contracts.Neutron.Objects;

namespace Cascade.Contracts.Neutron.Plugin;

/// <param name="UdpPort">Of VXLAN and Geneve.</param>
public sealed record TunnelEndpoint(string? IpAddress, int? UdpPort, string? Host)
{
    internal static IReadOnlyList<TunnelEndpoint> ReadAll(JsonElement result) =>
        [.. (Reply.Dictionary(result) ?? []).Each("tunnels").Select(of => new TunnelEndpoint(of.Text("ip_address"), of.Number("udp_port"), of.Text("host")))];
}
