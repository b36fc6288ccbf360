using System.Text.Json;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>A port of Neutron; only what this product reads has a name.</summary>
public sealed record Port
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? NetworkId { get; init; }

    public string? MacAddress { get; init; }

    public IReadOnlyList<FixedIp>? FixedIps { get; init; }

    public string? DeviceId { get; init; }

    public string? DeviceOwner { get; init; }

    /// <summary><c>ACTIVE</c>, <c>BUILD</c>, <c>DOWN</c>.</summary>
    public string? Status { get; init; }

    public string? ProjectId { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    [JsonPropertyName("binding:host_id")]
    public string? BindingHostId { get; init; }

    [JsonPropertyName("binding:vif_type")]
    public string? BindingVifType { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

public sealed record FixedIp(string? SubnetId, string? IpAddress);

/// <summary>A network of Neutron.</summary>
public sealed record NetworkInfo
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? ProjectId { get; init; }

    public int? Mtu { get; init; }

    public IReadOnlyList<string>? Subnets { get; init; }

    [JsonPropertyName("router:external")]
    public bool? External { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

internal sealed record PortBody([property: JsonRequired] Port Port);

internal sealed record PortPage(List<Port>? Ports, List<PageLink>? PortsLinks);

internal sealed record NetworkPage(List<NetworkInfo>? Networks, List<PageLink>? NetworksLinks);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PortBody))]
[JsonSerializable(typeof(PortPage))]
[JsonSerializable(typeof(NetworkPage))]
internal sealed partial class NetworkJson : JsonSerializerContext;
