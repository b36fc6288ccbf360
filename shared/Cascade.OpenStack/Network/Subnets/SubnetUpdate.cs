using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>What to change. Range, IP version and IPv6 modes cannot be (neutron_lib/api/definitions/subnet.py: allow_put).</summary>
public sealed record SubnetUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable GatewayIp { get; init; }

    public bool? EnableDhcp { get; init; }

    /// <summary>All pools; replaces those that are there. Empty: none, so that only addresses that are asked for are given.</summary>
    public IReadOnlyList<AllocationPool>? AllocationPools { get; init; }

    public IReadOnlyList<string>? DnsNameservers { get; init; }

    public IReadOnlyList<HostRoute>? HostRoutes { get; init; }

    public IReadOnlyList<string>? ServiceTypes { get; init; }

    public bool? DnsPublishFixedIp { get; init; }
}
