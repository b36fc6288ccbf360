using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A port at one host (neutron_lib/api/definitions/portbindings_extended.py). One of a port's bindings is <c>ACTIVE</c>.</summary>
public sealed record PortBinding
{
    public string? Host { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? Status { get; init; }

    public string? VnicType { get; init; }

    public string? VifType { get; init; }

    public JsonElement? VifDetails { get; init; }

    public JsonElement? Profile { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>A binding to make, <c>INACTIVE</c> as long as another is active.</summary>
public sealed record PortBindingCreate(string Host, string? VnicType = null, JsonElement? Profile = null);
