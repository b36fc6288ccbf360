namespace Cascade.CinderProxy.Capacity;

/// <summary>What the child can hold in one of its availability zones. Null is "the child does not say", never a number of our own.</summary>
/// <param name="Zone">Availability zone of the child; the name of our pool.</param>
/// <param name="TotalGb">GiB; infinity for a back end without a limit.</param>
/// <param name="FreeGb">GiB.</param>
/// <param name="ProvisionedGb">GiB promised to volumes, whether written or not.</param>
internal sealed record PoolFacts(string Zone, double? TotalGb, double? FreeGb, double? ProvisionedGb)
{
    /// <summary>Every back end of the zone can have a volume on several servers.</summary>
    public bool Multiattach { get; init; }

    public bool ThinProvisioning { get; init; }

    public bool ThickProvisioning { get; init; } = true;

    /// <summary>How often a GiB may be promised, as the child's back ends say it.</summary>
    public double? MaxOverSubscription { get; init; }

    /// <summary>Percent that the child's back ends keep back.</summary>
    public int ReservedPercentage { get; init; }

    /// <summary>A volume that a server uses can be made larger.</summary>
    public bool OnlineExtend { get; init; } = true;

    /// <summary>At least one back end of the zone is up.</summary>
    public bool IsUp { get; init; } = true;
}
