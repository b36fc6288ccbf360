using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Network;

/// <summary>What to change; the floating address itself cannot be.</summary>
public sealed record FloatingIpUpdate
{
    /// <summary>Null takes it from its port.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable PortId { get; init; }

    /// <summary>Only together with <see cref="PortId"/>.</summary>
    public string? FixedIpAddress { get; init; }

    public string? Description { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable QosPolicyId { get; init; }
}
