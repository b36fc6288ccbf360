using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A port of a router, as the verbs that add and remove it answer (db/l3_db.py: _make_router_interface_info).</summary>
public sealed record RouterInterface
{
    /// <summary>The router's.</summary>
    public required string Id { get; init; }

    public string? PortId { get; init; }

    public string? NetworkId { get; init; }

    /// <summary>The last of <see cref="SubnetIds"/> when it was added, the first when it was removed.</summary>
    public string? SubnetId { get; init; }

    public IReadOnlyList<string>? SubnetIds { get; init; }

    /// <summary>The port's.</summary>
    public string? ProjectId { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

internal sealed record RouterPort(string PortId);
