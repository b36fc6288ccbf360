using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>Quota and usage of a project; -1 is without limit (nova/api/openstack/compute/views/limits.py).</summary>
public sealed record AbsoluteLimits
{
    [JsonPropertyName("maxTotalInstances")]
    public int MaxTotalInstances { get; init; }

    [JsonPropertyName("maxTotalCores")]
    public int MaxTotalCores { get; init; }

    /// <summary>MiB.</summary>
    [JsonPropertyName("maxTotalRAMSize")]
    public int MaxTotalRamSize { get; init; }

    [JsonPropertyName("totalInstancesUsed")]
    public int TotalInstancesUsed { get; init; }

    [JsonPropertyName("totalCoresUsed")]
    public int TotalCoresUsed { get; init; }

    /// <summary>MiB.</summary>
    [JsonPropertyName("totalRAMUsed")]
    public int TotalRamUsed { get; init; }

    [JsonPropertyName("maxServerMeta")]
    public int? MaxServerMeta { get; init; }

    [JsonPropertyName("maxTotalKeypairs")]
    public int? MaxTotalKeypairs { get; init; }
}

internal sealed record LimitsBody([property: JsonRequired] LimitsMembers Limits);

internal sealed record LimitsMembers([property: JsonRequired] AbsoluteLimits Absolute);
