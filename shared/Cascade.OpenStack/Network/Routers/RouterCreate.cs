using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>A router to make; null members are not sent. It has no routes and no interfaces at first (neither may be in a POST).</summary>
public sealed record RouterCreate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ProjectId { get; init; }

    public bool? AdminStateUp { get; init; }

    [JsonConverter(typeof(ExternalGatewayConverter))]
    public ExternalGatewayRequest? ExternalGatewayInfo { get; init; }

    /// <summary>For administrators; needs <see cref="Extension.Dvr"/>.</summary>
    public bool? Distributed { get; init; }

    /// <summary>For administrators; needs <see cref="Extension.L3Ha"/>.</summary>
    public bool? Ha { get; init; }

    public bool? EnableNdpProxy { get; init; }

    public IReadOnlyList<string>? AvailabilityZoneHints { get; init; }

    public string? FlavorId { get; init; }
}
