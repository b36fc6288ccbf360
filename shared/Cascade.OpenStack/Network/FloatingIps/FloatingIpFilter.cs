using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which floating IPs to list. Several values of one member are an or, several members an and.</summary>
public sealed record FloatingIpFilter : ListFilter
{
    /// <summary>Leading to one of these.</summary>
    public IReadOnlyList<string>? PortIds { get; init; }

    /// <summary>Led by one of these.</summary>
    public IReadOnlyList<string>? RouterIds { get; init; }

    public IReadOnlyList<string>? FloatingNetworkIds { get; init; }

    /// <summary>One of these floating addresses.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }

    public IReadOnlyList<string>? FixedIpAddresses { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    private protected override void Say(Query query) => query
        .AddEach("port_id", PortIds)
        .AddEach("router_id", RouterIds)
        .AddEach("floating_network_id", FloatingNetworkIds)
        .AddEach("floating_ip_address", Addresses)
        .AddEach("fixed_ip_address", FixedIpAddresses)
        .AddEach("status", Statuses);
}
