using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>
/// What to change. Neutron does it in this order, and what came first stays when the next is refused: routes, which the ports of before
/// must reach; the gateway; all else (db/extraroute_db.py and db/l3_db.py: update_router). So a route by way of a new gateway needs a
/// request of its own after that of the gateway.
/// </summary>
public sealed record RouterUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary><see cref="ExternalGatewayRequest.None"/> takes it away.</summary>
    [JsonConverter(typeof(ExternalGatewayConverter))]
    public ExternalGatewayRequest? ExternalGatewayInfo { get; init; }

    /// <summary>All routes; empty: none.</summary>
    public IReadOnlyList<HostRoute>? Routes { get; init; }

    /// <summary>Only while <see cref="AdminStateUp"/> is false.</summary>
    public bool? Distributed { get; init; }

    /// <summary>Only while <see cref="AdminStateUp"/> is false.</summary>
    public bool? Ha { get; init; }

    public bool? EnableNdpProxy { get; init; }
}
