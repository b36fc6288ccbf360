using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>An address of a port. In a request either may be left out: a subnet alone gets any address of it, an address alone finds its subnet.</summary>
public sealed record FixedIp(string? SubnetId, string? IpAddress);

/// <summary>What else may be sent from a port. Without a MAC the port's own counts.</summary>
/// <param name="IpAddress">An address or a prefix.</param>
/// <param name="MacAddress">Shown always; may be left out of a request.</param>
public sealed record AllowedAddressPair(string IpAddress, string? MacAddress = null);

/// <summary>A DHCP option of a port (neutron_lib/api/definitions/extra_dhcp_opt.py).</summary>
/// <param name="OptName">As dnsmasq calls it, or its number.</param>
/// <param name="OptValue">Null in an update takes it away (neutron/db/extradhcpopt_db.py: _update_extra_dhcp_opts_on_port).</param>
/// <param name="IpVersion">4 or 6; 4 when left out.</param>
public sealed record ExtraDhcpOption(
    string OptName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? OptValue,
    int? IpVersion = null);

public sealed record DnsAssignment(string? Hostname, string? IpAddress, string? Fqdn);

/// <summary>The trunk that a port is the parent of.</summary>
public sealed record TrunkDetails(string? TrunkId, IReadOnlyList<SubPort>? SubPorts);
