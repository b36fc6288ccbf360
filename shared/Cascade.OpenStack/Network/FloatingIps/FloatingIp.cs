using System.Text.Json;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>A floating IP (neutron_lib/api/definitions/l3.py).</summary>
public sealed record FloatingIp
{
    public required string Id { get; init; }

    public string? ProjectId { get; init; }

    [JsonPropertyName("floating_ip_address")]
    public string? Address { get; init; }

    /// <summary>The port it leads to; null while it leads nowhere.</summary>
    public string? PortId { get; init; }

    /// <summary>The address of that port.</summary>
    public string? FixedIpAddress { get; init; }

    /// <summary><c>ACTIVE</c>, <c>DOWN</c>, <c>ERROR</c>.</summary>
    public string? Status { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>Which floating IPs to list.</summary>
public sealed record FloatingIpFilter : ListFilter
{
    /// <summary>Leading to one of these.</summary>
    public IReadOnlyList<string>? PortIds { get; init; }

    private protected override void Say(Query query) => query.AddEach("port_id", PortIds);
}
