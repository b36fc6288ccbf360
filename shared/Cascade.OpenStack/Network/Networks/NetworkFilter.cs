using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which networks to list.</summary>
public sealed record NetworkFilter : ListFilter
{
    public bool? Shared { get; init; }

    public bool? External { get; init; }

    public string? Status { get; init; }

    public string? ProviderNetworkType { get; init; }

    public string? ProviderPhysicalNetwork { get; init; }

    public int? ProviderSegmentationId { get; init; }

    private protected override void Say(Query query) => query
        .Add("shared", Shared)
        .Add("router:external", External)
        .Add("status", Status)
        .Add("provider:network_type", ProviderNetworkType)
        .Add("provider:physical_network", ProviderPhysicalNetwork)
        .Add("provider:segmentation_id", ProviderSegmentationId);
}
