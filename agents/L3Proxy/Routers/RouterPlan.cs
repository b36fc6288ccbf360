using System.Net;
using System.Net.Sockets;
using Cascade.NeutronAgent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.Routers;

/// <summary>What is to be done about one router, by what is wanted and what is there. Pure: the same for one look and for a comparison of everything.</summary>
internal sealed record RouterPlan
{
    /// <summary>Name, description, administrative state; null when they are as they shall be.</summary>
    public Change<RouterUpdate>? Attributes { get; init; }

    /// <summary>The routes that stay, to be set before their ways out go; null when none goes.</summary>
    public IReadOnlyList<HostRoute>? FewerRoutes { get; init; }

    /// <summary>All routes, to be set when their ways out are there; null when they are as they shall be.</summary>
    public IReadOnlyList<HostRoute>? Routes { get; init; }

    /// <summary>Floating IPs that shall not be, or not with this address.</summary>
    public IReadOnlyList<FloatingIp> LooseFloatingIps { get; init; } = [];

    /// <summary>Ports inside that shall not be.</summary>
    public IReadOnlyList<Port> LooseInterfaces { get; init; } = [];

    /// <summary>Null when it is as it shall be.</summary>
    public ExternalGatewayRequest? Gateway { get; init; }

    /// <summary>The gateway goes, or comes on another network.</summary>
    public bool MovesGateway { get; init; }

    /// <summary>
    /// What every change has to say of <c>enable_ndp_proxy</c>, since one that is silent turns it on where the gateway can (neutron/services/ndp_proxy/plugin.py:
    /// _process_ndp_proxy_state_for_update_router); null where the child has no such thing.
    /// </summary>
    public bool? SaysNdpProxy { get; init; }

    /// <summary>It is to be turned on, which the child takes once the gateway is there.</summary>
    public bool TurnsOnNdpProxy { get; init; }

    /// <summary>Something goes that NDP proxies hold: they go before it, those that shall be too, and come back.</summary>
    public bool FreesNdpProxies { get; init; }

    public IReadOnlyList<WantedInterface> MissingInterfaces { get; init; } = [];

    /// <summary>Ports inside that have other addresses.</summary>
    public IReadOnlyList<(Port Seen, WantedInterface Wanted)> ChangedInterfaces { get; init; } = [];

    public IReadOnlyList<WantedFloatingIp> MissingFloatingIps { get; init; } = [];

    public IReadOnlyList<(FloatingIp Seen, WantedFloatingIp Wanted)> ChangedFloatingIps { get; init; } = [];

    /// <summary>Floating IPs that lead to a port which another one shall lead to: they let go of it first, so that two can change places.</summary>
    public IReadOnlyList<FloatingIp> ReleasedFloatingIps { get; init; } = [];

    /// <summary>The child's gateway port does not carry the stamp of the parent's: it is what tells for which port it stands.</summary>
    public Port? UnstampedGateway { get; init; }

    /// <summary>Nothing is to be done.</summary>
    public bool IsEmpty => !Parts.Any();

    /// <summary>What differs, in words.</summary>
    public IEnumerable<string> Parts => new (bool Differs, string Part)[]
    {
        (Attributes is not null, $"{Attributes}"),
        (FewerRoutes is not null || Routes is not null, "routes"),
        (Gateway is not null, "gateway"),
        (TurnsOnNdpProxy, "enable_ndp_proxy"),
        (UnstampedGateway is not null, "the gateway's stamp"),
        (LooseInterfaces.Count + MissingInterfaces.Count + ChangedInterfaces.Count > 0, "interfaces"),
        (LooseFloatingIps.Count + MissingFloatingIps.Count + ChangedFloatingIps.Count > 0, "floating IPs"),
    }.Where(one => one.Differs).Select(one => one.Part);

    public static RouterPlan Of(WantedRouter wanted, RouterSight seen)
    {
        var interfaces = seen.Interfaces.ToList();
        var matched = wanted.Interfaces.Select(one => (Wanted: one, Seen: interfaces.FirstOrDefault(port => Is(port, one)))).ToList();
        var kept = matched.Select(pair => pair.Seen?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var ips = wanted.FloatingIps.Select(one => (Wanted: one, Seen: seen.FloatingIps.FirstOrDefault(ip => Is(ip, one)))).ToList();
        var held = ips.Select(pair => pair.Seen?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var routes = seen.Router.Routes ?? [];
        var stay = routes.Where(route => wanted.Routes.Any(other => Same(route, other))).ToList();
        var gatewayPort = seen.GatewayPort;
        var keepsGateway = wanted.GatewayUnknown && (wanted.UnknownGatewayPort is null || Stamp.ParentOf(gatewayPort?.Description) == wanted.UnknownGatewayPort);
        var changed = ips.Where(pair => pair.Seen is not null && !Leads(pair.Seen, pair.Wanted)).Select(pair => (Seen: pair.Seen!, pair.Wanted)).ToList();
        var missing = ips.Where(pair => pair.Seen is null).Select(pair => pair.Wanted).ToList();
        var request = keepsGateway ? null : GatewayOf(wanted.Gateway, seen.Router.ExternalGatewayInfo);
        // Those that only get another policy go on leading where they lead.
        var moving = changed.Where(pair => !LeadsTo(pair.Seen, pair.Wanted)).ToList();
        var moves = request is not null && request.NetworkId != seen.Router.ExternalGatewayInfo?.NetworkId;
        List<Port> loose = [.. interfaces.Where(port => !kept.Contains(port.Id) && !(Stamp.ParentOf(port.Description) is { } parent && wanted.Awaited.Contains(parent)))];
        return new()
        {
            Attributes = Differences(wanted, seen.Router),
            FewerRoutes = stay.Count < routes.Count ? stay : null,
            Routes = wanted.Routes.All(route => routes.Any(other => Same(route, other))) ? null : wanted.Routes,
            LooseFloatingIps = [.. seen.FloatingIps.Where(ip => !held.Contains(ip.Id) && !Awaits(wanted.Unserved, ip.Description))],
            LooseInterfaces = loose,
            Gateway = request,
            MovesGateway = moves,
            SaysNdpProxy = SaysOf(wanted, seen.Router),
            TurnsOnNdpProxy = wanted.EnableNdpProxy is true && seen.Router.EnableNdpProxy is { } on && (moves || !on),
            FreesNdpProxies = moves || loose.Exists(HasSix),
            UnstampedGateway = wanted.Gateway is { } gateway && gatewayPort is not null && Stamp.ParentOf(gatewayPort.Description) != gateway.ParentPortId ? gatewayPort : null,
            MissingInterfaces = [.. matched.Where(pair => pair.Seen is null).Select(pair => pair.Wanted)],
            ChangedInterfaces = [.. matched.Where(pair => pair.Seen is not null && !SameAddresses(pair.Seen.FixedIps, pair.Wanted.FixedIps)).Select(pair => (pair.Seen!, pair.Wanted))],
            MissingFloatingIps = missing,
            ChangedFloatingIps = changed,
            ReleasedFloatingIps = [.. moving.Select(pair => pair.Seen).Where(ip => ip.PortId is not null
                && missing.Concat(moving.Where(pair => pair.Seen != ip).Select(pair => pair.Wanted)).Any(one => one.PortId == ip.PortId))],
        };
    }

    /// <summary>The MAC tells a port on a network of ours: nobody but an administrator chooses one there.</summary>
    public static bool Is(Port seen, WantedInterface wanted) =>
        seen.NetworkId == wanted.NetworkId && string.Equals(seen.MacAddress, wanted.MacAddress, StringComparison.OrdinalIgnoreCase);

    /// <summary>A floating IP of our project that carries the stamp; with another address, or elsewhere, it is another one.</summary>
    static bool Is(FloatingIp seen, WantedFloatingIp wanted) =>
        Stamp.ParentOf(seen.Description) == wanted.ParentId && seen.FloatingNetworkId == wanted.NetworkId && SameAddress(seen.Address, wanted.Address);

    /// <summary>It is all that it shall be.</summary>
    public static bool Leads(FloatingIp seen, WantedFloatingIp wanted) => LeadsTo(seen, wanted) && seen.QosPolicyId == wanted.ChildQosPolicy;

    /// <summary>It leads where it shall.</summary>
    public static bool LeadsTo(FloatingIp seen, WantedFloatingIp wanted) =>
        seen.PortId == wanted.PortId && (wanted.PortId is null || wanted.FixedIpAddress is null || SameAddress(seen.FixedIpAddress, wanted.FixedIpAddress));

    static bool Awaits(IReadOnlyDictionary<string, string?> unserved, string? description) =>
        Stamp.ParentOf(description) is { } parent && unserved.TryGetValue(parent, out var fault) && fault is null;

    static Change<RouterUpdate>? Differences(WantedRouter wanted, Router seen)
    {
        var differing = new Differing();
        differing.Of("enable_ndp_proxy", seen.EnableNdpProxy is true && wanted.EnableNdpProxy is false, false);
        return differing.ToChange(new RouterUpdate
        {
            Name = differing.Of("name", (seen.Name ?? "") != wanted.Name, wanted.Name),
            Description = differing.Of("description", seen.Description != wanted.Description, wanted.Description),
            AdminStateUp = differing.Of("admin_state_up", seen.AdminStateUp != wanted.AdminStateUp, (bool?)wanted.AdminStateUp),
            EnableNdpProxy = SaysOf(wanted, seen),
        });
    }

    /// <summary>Off when it shall be, else as it is: to turn it on needs the gateway.</summary>
    static bool? SaysOf(WantedRouter wanted, Router seen) => seen.EnableNdpProxy is { } on ? on && wanted.EnableNdpProxy is not false : null;

    static bool HasSix(Port port) => (port.FixedIps ?? []).Any(ip => IPAddress.TryParse(ip.IpAddress, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetworkV6);

    static ExternalGatewayRequest? GatewayOf(WantedGateway? wanted, ExternalGateway? seen)
    {
        if (wanted is null)
        {
            return seen is null ? null : ExternalGatewayRequest.None;
        }

        var same = seen is not null && seen.NetworkId == wanted.NetworkId && (seen.EnableSnat is null || seen.EnableSnat == wanted.EnableSnat) && SameAddresses(seen.ExternalFixedIps, wanted.FixedIps);
        var limited = wanted.QosIsUnknown || seen?.QosPolicyId == wanted.ChildQosPolicy;
        return same && limited ? null : new(wanted.NetworkId)
        {
            EnableSnat = wanted.EnableSnat,
            ExternalFixedIps = wanted.FixedIps,
            QosPolicyId = limited ? default(Settable) : wanted.ChildQosPolicy,
        };
    }

    public static bool SameAddresses(IReadOnlyList<FixedIp>? seen, IReadOnlyList<FixedIp> wanted) =>
        seen?.Count == wanted.Count && wanted.All(one => seen.Any(other => other.SubnetId == one.SubnetId && SameAddress(other.IpAddress, one.IpAddress)));

    static bool Same(HostRoute one, HostRoute other) =>
        SameAddress(one.Nexthop, other.Nexthop) && (one.Destination == other.Destination || (IPNetwork.TryParse(one.Destination, out var a) && IPNetwork.TryParse(other.Destination, out var b) && a.Equals(b)));

    /// <summary>Two spellings of one address are one address.</summary>
    public static bool SameAddress(string? one, string? other) =>
        one == other || (IPAddress.TryParse(one, out var a) && IPAddress.TryParse(other, out var b) && a.Equals(b));
}
