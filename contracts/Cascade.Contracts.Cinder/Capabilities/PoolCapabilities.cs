using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Capabilities;

/// <summary>
/// What one pool offers (cinder/scheduler/host_manager.py: PoolState.update_from_volume_capability). The first nine are what a scheduler counts with.
/// </summary>
public sealed record PoolCapabilities
{
    public required string PoolName { get; init; }

    public required Capacity Total { get; init; }

    public required Capacity Free { get; init; }

    /// <summary>GiB of the volumes that the parent has in this pool.</summary>
    public required int AllocatedGigabytes { get; init; }

    /// <summary>GiB promised by whoever gives the storage, other users' included.</summary>
    public required double ProvisionedGigabytes { get; init; }

    /// <summary>Must be 0 where a capacity is a word: a percentage of it is not reckoned.</summary>
    public int ReservedPercentage { get; init; }

    /// <summary>How many times the total may be promised; null lets the scheduler reckon it from what was used, <c>auto</c>.</summary>
    public double? MaxOverSubscriptionRatio { get; init; } = 1;

    public bool ThinProvisioningSupport { get; init; }

    public bool ThickProvisioningSupport { get; init; } = true;

    public bool Multiattach { get; init; }

    public bool QosSupport { get; init; }

    /// <summary>False lets the scheduler refuse to extend a volume in use.</summary>
    public bool OnlineExtendSupport { get; init; }

    public bool ConsistentGroupSnapshotEnabled { get; init; }

    /// <summary>False is written as <c>down</c>: shown by <c>GET /os-services</c>, while the service stays up.</summary>
    public bool Up { get; init; } = true;

    /// <summary>Keys of our own, which a volume type may name unscoped or under <c>capabilities:</c>. They do not replace those above.</summary>
    public JsonObject? More { get; init; }

    public JsonObject ToJson()
    {
        var pool = More?.DeepClone().AsObject() ?? [];
        pool["pool_name"] = PoolName;
        pool["total_capacity_gb"] = Total.ToJson();
        pool["free_capacity_gb"] = Free.ToJson();
        pool["allocated_capacity_gb"] = AllocatedGigabytes;
        pool["provisioned_capacity_gb"] = ProvisionedGigabytes;
        pool["reserved_percentage"] = ReservedPercentage;
        pool["max_over_subscription_ratio"] = MaxOverSubscriptionRatio is { } ratio ? ratio : "auto";
        pool["thin_provisioning_support"] = ThinProvisioningSupport;
        pool["thick_provisioning_support"] = ThickProvisioningSupport;
        pool["multiattach"] = Multiattach;
        pool["QoS_support"] = QosSupport;
        pool["online_extend_support"] = OnlineExtendSupport;
        pool["consistent_group_snapshot_enabled"] = ConsistentGroupSnapshotEnabled;
        pool["backend_state"] = Up ? "up" : "down";
        return pool;
    }
}
