using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>
/// A router (neutron_lib/api/definitions/l3.py and its extensions: l3_ext_gw_mode.py, extraroute.py, dvr.py, l3_ext_ha_mode.py,
/// router_availability_zone.py). What a cloud has no extension for is null.
/// </summary>
public sealed record Router : IStamped, INetworkResource
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary><c>ACTIVE</c>, <c>ALLOCATING</c>, <c>ERROR</c>. <c>ACTIVE</c> from its making on, whatever its ports are.</summary>
    public string? Status { get; init; }

    /// <summary>Null while it has none.</summary>
    public ExternalGateway? ExternalGatewayInfo { get; init; }

    public IReadOnlyList<HostRoute>? Routes { get; init; }

    /// <summary>Spread over the computes; shown to administrators.</summary>
    public bool? Distributed { get; init; }

    /// <summary>On several agents with VRRP; shown to administrators.</summary>
    public bool? Ha { get; init; }

    /// <summary>In the list and the view of a router, without ids (neutron_lib/api/definitions/expose_l3_conntrack_helper.py).</summary>
    public IReadOnlyList<ConntrackRule>? ConntrackHelpers { get; init; }

    /// <summary>False without a gateway (neutron_lib/api/definitions/l3_ext_ndp_proxy.py).</summary>
    public bool? EnableNdpProxy { get; init; }

    public IReadOnlyList<string>? AvailabilityZoneHints { get; init; }

    public IReadOnlyList<string>? AvailabilityZones { get; init; }

    public string? FlavorId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whole seconds of the cloud's clock. An interface that comes or goes is a change (db/models/l3.py: revises_on_change), the status of a port is none.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Goes up with every change; for <c>If-Match</c>.</summary>
    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
