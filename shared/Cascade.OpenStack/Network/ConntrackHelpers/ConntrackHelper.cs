using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A helper that a router follows connections with (neutron_lib/api/definitions/l3_conntrack_helper.py).</summary>
public sealed record ConntrackHelper
{
    public required string Id { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, …</summary>
    public string? Protocol { get; init; }

    public int? Port { get; init; }

    /// <summary><c>tftp</c>, <c>ftp</c>, <c>sip</c>, …</summary>
    public string? Helper { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}
