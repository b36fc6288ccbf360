using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A parent port that carries others by VLAN (neutron_lib/api/definitions/trunk.py).</summary>
public sealed record Trunk : IStamped
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>The parent port.</summary>
    public string? PortId { get; init; }

    /// <summary><c>ACTIVE</c>, <c>DOWN</c>, <c>BUILD</c>, <c>DEGRADED</c>, <c>ERROR</c>.</summary>
    public string? Status { get; init; }

    public bool? AdminStateUp { get; init; }

    public IReadOnlyList<SubPort>? SubPorts { get; init; }

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

/// <summary>A port in a trunk.</summary>
/// <param name="PortId">Which.</param>
/// <param name="SegmentationType"><c>vlan</c> or <c>inherit</c>.</param>
/// <param name="SegmentationId">VLAN id inside the guest.</param>
/// <param name="MacAddress">Only shown, in a port's <see cref="Port.TrunkDetails"/>.</param>
public sealed record SubPort(string PortId, string? SegmentationType = null, int? SegmentationId = null, string? MacAddress = null);

/// <summary>A port alone, for removing.</summary>
internal sealed record SubPortList(IReadOnlyList<SubPort> SubPorts);
