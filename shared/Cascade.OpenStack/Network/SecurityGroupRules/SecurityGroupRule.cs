using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A rule; it cannot be changed, only taken away.</summary>
public sealed record SecurityGroupRule : IStamped
{
    public required string Id { get; init; }

    public string? SecurityGroupId { get; init; }

    public string? ProjectId { get; init; }

    /// <summary><c>ingress</c> or <c>egress</c>.</summary>
    public string? Direction { get; init; }

    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public string? Ethertype { get; init; }

    /// <summary>A name or a number as text; null for any.</summary>
    public string? Protocol { get; init; }

    /// <summary>Port, or ICMP type.</summary>
    public int? PortRangeMin { get; init; }

    /// <summary>Port, or ICMP code.</summary>
    public int? PortRangeMax { get; init; }

    public string? RemoteIpPrefix { get; init; }

    /// <summary>The prefix with its host bits cut; only shown.</summary>
    public string? NormalizedCidr { get; init; }

    public string? RemoteGroupId { get; init; }

    public string? RemoteAddressGroupId { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whole seconds of the cloud's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Goes up with every change; for <c>If-Match</c>.</summary>
    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
