using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A QoS policy with its rules (neutron_lib/api/definitions/qos.py).</summary>
public sealed record QosPolicy : IStamped, INetworkResource
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public bool? Shared { get; init; }

    public bool? IsDefault { get; init; }

    public IReadOnlyList<QosRule>? Rules { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whole seconds of the cloud's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Goes up with every change; for <c>If-Match</c>.</summary>
    public long? RevisionNumber { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>A policy to make; it has no rules at first.</summary>
public sealed record QosPolicyCreate
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public bool? Shared { get; init; }

    public bool? IsDefault { get; init; }
}

public sealed record QosPolicyUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool? Shared { get; init; }

    public bool? IsDefault { get; init; }
}
