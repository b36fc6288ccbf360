using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A security group with its rules (neutron/extensions/securitygroup.py).</summary>
public sealed record SecurityGroup : IStamped, INetworkResource
{
    public required string Id { get; init; }

    /// <summary><c>default</c> is the one that every project has.</summary>
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Null where <see cref="Extension.StatefulSecurityGroup"/> is missing: stateful.</summary>
    public bool? Stateful { get; init; }

    public bool? Shared { get; init; }

    /// <summary>Null when they were not among the asked fields.</summary>
    public IReadOnlyList<SecurityGroupRule>? SecurityGroupRules { get; init; }

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
