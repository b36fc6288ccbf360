using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>NDP proxies (neutron/services/ndp_proxy/plugin.py). A network's <c>ipv6_address_scope</c> is set by <see cref="Change"/>.</summary>
public sealed partial class FakeNeutron
{
    private void NdpProxyRules()
    {
        var proxies = collections["ndp_proxies"];
        proxies.Filters.Clear();
        proxies.NoFilters.UnionWith(["router_id", "port_id", "ip_address"]);
        proxies.Creating = (call, proxy, _) =>
        {
            var port = Visible(call, collections["ports"], proxy.Text("port_id"));
            var (routerId, networkId) = (proxy.Text("router_id"), port.Text("network_id"));
            var doors = PortsOf(routerId).Where(door => door.Text("network_id") == networkId).ToList();
            if (doors.Count is 0)
            {
                throw Unreachable(port, routerId);
            }

            var router = Visible(call, collections["routers"], routerId);
            if (!StateOf(router).AnswersNeighbours || GatewayOf(routerId) is not { } gateway)
            {
                throw new FakeRefusal(
                    409, $"The enable_ndp_proxy parameter of router {routerId} must be set as True while create ndp proxy entry on it.", "RouterNDPProxyNotEnable");
            }

            var reached = doors.SelectMany(door => door.List("fixed_ips")).Select(ip => (string)ip["subnet_id"]!).ToHashSet(StringComparer.Ordinal);
            var six = port.List("fixed_ips").Where(ip => ((string)ip["ip_address"]!).Contains(':', StringComparison.Ordinal)).ToList();
            if (six.Count is 0)
            {
                throw Bad("ndp_proxy", $"Requested port {port.Id} must allocate one IPv6 address at least");
            }

            var asked = (string?)proxy["ip_address"];
            var found = six.Find(ip => asked is null ? reached.Contains((string)ip["subnet_id"]!) : (string?)ip["ip_address"] == asked)
                ?? throw (asked is null ? Unreachable(port, routerId) : new FakeRefusal(400, $"The address {asked} is invalid, reason: This address not belong to the port {port.Id}.", "InvalidAddress"));
            if (!reached.Contains((string)found["subnet_id"]!))
            {
                throw new FakeRefusal(400, $"The address {asked} is invalid, reason: This address cannot reach the router {routerId}.", "InvalidAddress");
            }

            var (outside, inside) = (NetworkOf(gateway)!.Text("ipv6_address_scope"), NetworkOf(port)!.Text("ipv6_address_scope"));
            if (outside != inside)
            {
                throw new FakeRefusal(
                    409, $"The IPv6 address scope {outside} of external network conflict with internal network's IPv6 address scope {inside}.", "AddressScopeConflict");
            }

            proxy["ip_address"] = found["ip_address"]!.DeepClone();
        };
    }

    private static FakeRefusal Unreachable(FakeNetworkItem port, string routerId) =>
        new(409, $"The port {port.Id} cannot reach the router {routerId} by IPv6 subnet.", "PortUnreachableRouter");

    private bool GatewayAnswersNeighbours(FakeNetworkItem router) =>
        GatewayOf(router.Id) is { } port && NetworkOf(port)!.Text("ipv6_address_scope").Length > 0 && HasSix(port);

    private static FakeRefusal NotValidGateway(FakeNetworkItem router, string why) =>
        new(409, $"Can not enable ndp proxy on router {router.Id}, {why}.", "RouterGatewayNotValid");

    // An update that does not say it sets it to what the gateway can (_process_ndp_proxy_state_for_update_router).
    private void AnswerNeighbours(FakeNetworkItem router, bool? asked, bool otherwise)
    {
        if (asked is true && !GatewayAnswersNeighbours(router))
        {
            throw NotValidGateway(router, "The router has no external gateway or the external gateway port has no IPv6 address or IPv6 address scope");
        }

        StateOf(router).AnswersNeighbours = asked ?? otherwise;
    }
}
