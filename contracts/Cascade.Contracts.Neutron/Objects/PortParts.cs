using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Objects;

/// <param name="SubnetId">Null only in odd rows.</param>
/// <param name="IpAddress">v4 or v6, shortest form.</param>
public sealed record FixedIp(string? SubnetId, string? IpAddress)
{
    internal static IReadOnlyList<FixedIp> ReadAll(JsonObject port) =>
        [.. port.Each("fixed_ips").Select(ip => new FixedIp(ip.Text("subnet_id"), ip.Text("ip_address")))];
}

/// <param name="MacAddress">The port's own where the caller gave none.</param>
/// <param name="IpAddress">An address or a CIDR.</param>
public sealed record AddressPair(string? MacAddress, string? IpAddress)
{
    internal static IReadOnlyList<AddressPair> ReadAll(JsonObject port) =>
        [.. port.Each("allowed_address_pairs").Select(pair => new AddressPair(pair.Text("mac_address"), pair.Text("ip_address")))];
}

/// <summary>An extra DHCP option (neutron/objects/port/extensions/extra_dhcp_opt.py: ExtraDhcpOpt).</summary>
/// <param name="IpVersion">4 or 6.</param>
public sealed record DhcpOption(string? OptName, string? OptValue, int? IpVersion)
{
    internal static IReadOnlyList<DhcpOption> ReadAll(JsonObject port) =>
        [.. port.Each(port.ContainsKey("dhcp_options") ? "dhcp_options" : "extra_dhcp_opts")
            .Select(option => new DhcpOption(option.Text("opt_name"), option.Text("opt_value"), option.Number("ip_version")))];
}

/// <summary>What a port that carries a trunk says of it (neutron/services/trunk/plugin.py: _extend_port_trunk_details).</summary>
public sealed record TrunkDetails(string? TrunkId, IReadOnlyList<NeutronSubPort> SubPorts)
{
    internal static TrunkDetails? Read(JsonObject? details) =>
        details is null ? null : new(details.Text("trunk_id"), [.. details.Each("sub_ports").Select(NeutronSubPort.Read).OfType<NeutronSubPort>()]);
}
