using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Json;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A pool of storage as Cinder's scheduler knows it (cinder/api/views/scheduler_stats.py: ViewBuilder.detail).</summary>
public sealed record Pool
{
    /// <summary><c>host@backend#pool</c>.</summary>
    [AllowNull]
    public string Name { get => field ?? ""; init; }

    /// <summary>Null in a list without detail.</summary>
    public PoolCapabilities? Capabilities { get; init; }

    /// <summary><c>host@backend</c>: the host under which <see cref="BlockStorageServices"/> has its service, and with it its zone.</summary>
    [JsonIgnore]
    public string Backend => Name.Split('#')[0];
}

/// <summary>What its driver reports, as it reports it (cinder/scheduler/host_manager.py: PoolState).</summary>
public sealed record PoolCapabilities
{
    public string? VolumeBackendName { get; init; }

    public string? PoolName { get; init; }

    public string? StorageProtocol { get; init; }

    public string? VendorName { get; init; }

    /// <summary><c>up</c> or <c>down</c>; most drivers say nothing, which is up.</summary>
    public string? BackendState { get; init; }

    /// <summary>GiB; positive infinity for <c>infinite</c>, null for <c>unknown</c>.</summary>
    [JsonConverter(typeof(CapacityConverter))]
    public double? TotalCapacityGb { get; init; }

    /// <summary>GiB; positive infinity for <c>infinite</c>, null for <c>unknown</c>.</summary>
    [JsonConverter(typeof(CapacityConverter))]
    public double? FreeCapacityGb { get; init; }

    /// <summary>GiB that Cinder gave out.</summary>
    [JsonConverter(typeof(CapacityConverter))]
    public double? AllocatedCapacityGb { get; init; }

    /// <summary>GiB that anybody gave out.</summary>
    [JsonConverter(typeof(CapacityConverter))]
    public double? ProvisionedCapacityGb { get; init; }

    [JsonConverter(typeof(CapacityConverter))]
    public double? ReservedPercentage { get; init; }

    [JsonConverter(typeof(CapacityConverter))]
    public double? MaxOverSubscriptionRatio { get; init; }

    [JsonConverter(typeof(LooseBooleanConverter))]
    public bool? ThinProvisioningSupport { get; init; }

    [JsonConverter(typeof(LooseBooleanConverter))]
    public bool? ThickProvisioningSupport { get; init; }

    [JsonConverter(typeof(LooseBooleanConverter))]
    public bool? Multiattach { get; init; }

    [JsonConverter(typeof(LooseBooleanConverter))]
    public bool? OnlineExtendSupport { get; init; }

    [JsonConverter(typeof(LooseBooleanConverter))]
    public bool? ConsistentGroupSnapshotEnabled { get; init; }

    [JsonPropertyName("QoS_support")]
    [JsonConverter(typeof(LooseBooleanConverter))]
    public bool? QosSupport { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

internal sealed record PoolList(List<Pool>? Pools);
