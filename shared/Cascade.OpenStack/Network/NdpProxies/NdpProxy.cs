using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>An IPv6 address inside that a router answers for outside (neutron_lib/api/definitions/l3_ndp_proxy.py).</summary>
public sealed record NdpProxy : IStamped
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public string? RouterId { get; init; }

    public string? PortId { get; init; }

    public string? IpAddress { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
