using System.Text.Json.Nodes;
using Cascade.L3Proxy.Routers;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>Routers from end to end: what is done in the parent is so in the child, and the parent is told what has come of it.</summary>
public sealed class RouterFlowTest : WorldTest
{
    [Test]
    public async Task Subnets_outside_that_an_operator_of_the_child_makes_anew_are_noticed()
    {
        await world.RouterAsync();
        world.Child.Neutron.Vanish("subnets", (string)world.Child.Neutron.Subnets.Single(subnet => (string?)subnet["network_id"] == world.ChildOutside)["id"]!);
        var anew = (string)world.Child.Neutron.Make("subnets", "operator", new() { ["network_id"] = world.ChildOutside, ["cidr"] = "203.0.113.0/24", ["ip_version"] = 4, ["enable_dhcp"] = false })["id"]!;

        var (_, subnet) = world.AddInside("10.77.0.0/24");
        var second = world.Parent.AddRouter("second");
        world.Parent.MoveRouter(second, World.Here);
        world.Parent.SetGateway(second, world.Outside, address: "203.0.113.77");
        world.Parent.AddInterface(second, subnet);

        await World.UntilAsync(() => world.ChildGateway(second).SequenceEqual(["203.0.113.77"]));
        Assert.That((string?)world.ChildRouter(second)!["external_gateway_info"]!["external_fixed_ips"]![0]!["subnet_id"], Is.EqualTo(anew));
    }

    [Test]
    public async Task A_router_comes_with_the_parent_s_mac_and_addresses_and_its_ports_go_up()
    {
        var router = world.Parent.AddRouter("edge");
        world.Parent.MoveRouter(router, World.Here);
        var gateway = world.Parent.SetGateway(router, world.Outside);
        var inside = world.Parent.AddInterface(router, world.Subnet);
        await World.UntilAsync(() => world.PortStatus(inside) == "ACTIVE" && world.PortStatus(gateway) == "ACTIVE");

        var seen = world.ChildRouter(router)!;
        var port = world.ChildInterfaces(router).Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)seen["name"], Is.EqualTo("edge"));
            Assert.That((string?)seen["external_gateway_info"]!["network_id"], Is.EqualTo(world.ChildOutside));
            Assert.That(world.ChildGateway(router), Is.EqualTo(World.Addresses(world.Parent.Port(gateway))));
            Assert.That((string?)port["mac_address"], Is.EqualTo((string?)world.Parent.Port(inside)!["mac_address"]));
            Assert.That(World.Addresses(port), Is.EqualTo(new[] { "10.10.0.1" }));
            Assert.That((string?)port["description"], Is.EqualTo($"cascade:{inside}"));
            Assert.That((string?)world.ChildPort(gateway)?["device_owner"], Is.EqualTo("network:router_gateway"), "its stamp says for which port it stands");
        });
    }

    [Test]
    public async Task A_router_without_anything_comes_too()
    {
        var router = await world.RouterAsync(gateway: false, inside: false);

        Assert.That(world.ChildRouter(router), Is.Not.Null);
        Assert.That(world.ChildPortsOf(router), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task One_that_comes_back_while_it_is_taken_away_is_made_anew(bool told)
    {
        var (router, _, ip) = await world.ServedAsync();
        var before = (string)world.ChildRouter(router)!["id"]!;
        var last = world.Child.On("DELETE", "/routers/*").HoldAfter();
        world.Parent.MoveRouter(router, World.There);
        await last.Arrived;

        world.Silent = !told;
        world.Parent.MoveRouter(router, World.Here);
        if (told)
        {
            await World.UntilAsync(() => !world.Of<RouterBook>().IsLeaving(router));
        }
        else
        {
            // The word got lost: a comparison finds it.
            world.Silent = false;
            await world.ResyncAsync();
        }

        last.Release();

        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE" && world.ChildRouter(router) is not null);
        Assert.That((string?)world.ChildRouter(router)!["id"], Is.Not.EqualTo(before));
    }

    [Test]
    public async Task A_router_of_another_host_is_not_made()
    {
        var router = world.Parent.AddRouter();
        world.Parent.MoveRouter(router, World.There);
        world.Parent.SetGateway(router, world.Outside);
        await world.CompareAsync();

        Assert.That(world.Child.Neutron.Routers, Is.Empty);
    }

    [Test]
    public async Task A_new_name_is_the_child_s_too()
    {
        var router = await world.RouterAsync();

        world.Parent.EditRouter(router, of => of["name"] = "renamed");
        await world.SettleAsync();

        Assert.That((string?)world.ChildRouter(router)!["name"], Is.EqualTo("renamed"));
    }

    [Test]
    public async Task One_that_is_switched_off_stays_and_routes_nothing_until_it_is_on_again()
    {
        var (router, _, ip) = await world.ServedAsync();
        var inside = world.Parent.PortsOf(router);

        world.Parent.SetAdminState(router, up: false);
        await world.SettleAsync();

        Assert.That((bool)world.ChildRouter(router)!["admin_state_up"]!, Is.False);
        Assert.That(world.ChildFloatingIp(ip), Is.Not.Null, "it stays");
        Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
        Assert.That(inside.Select(world.PortStatus), Is.All.EqualTo("DOWN"));

        world.Parent.SetAdminState(router, up: true);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE" && inside.All(port => world.PortStatus(port) == "ACTIVE"));

        Assert.That((bool)world.ChildRouter(router)!["admin_state_up"]!, Is.True);
    }

    [Test]
    public async Task One_that_was_made_switched_off_comes_when_it_is_on()
    {
        var router = world.Parent.AddRouter(edit: of => of["admin_state_up"] = false);
        world.Parent.MoveRouter(router, World.Here);
        world.Parent.AddInterface(router, world.Subnet);
        await world.SettleAsync();
        Assert.That(world.ChildRouter(router), Is.Null);

        world.Parent.SetAdminState(router, up: true);
        await world.SettleAsync();

        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Interfaces_come_and_go()
    {
        var router = await world.RouterAsync(gateway: false);
        var (_, subnet) = world.AddInside("10.20.0.0/24");

        var second = world.Parent.AddInterface(router, subnet);
        await world.SettleAsync();
        Assert.That(world.ChildInterfaces(router).SelectMany(World.Addresses), Is.EquivalentTo(new[] { "10.10.0.1", "10.20.0.1" }));

        world.Parent.RemoveInterface(router, world.Subnet);
        await world.SettleAsync();
        Assert.That(world.ChildInterfaces(router).Single()["description"]!.ToString(), Is.EqualTo($"cascade:{second}"));
        Assert.That(world.Child.Neutron.Ports, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_port_that_somebody_made_becomes_an_interface_with_its_own_address()
    {
        var router = await world.RouterAsync();
        var port = world.Parent.AddPort(world.Inside, edit: of => of["fixed_ips"]![0]!["ip_address"] = "10.10.0.99");
        world.Parent.RemoveInterface(router, world.Subnet);
        world.Parent.AddInterfaceOfPort(router, port);
        await world.SettleAsync();

        Assert.That(World.Addresses(world.ChildInterfaces(router).Single()), Is.EqualTo(new[] { "10.10.0.99" }));
    }

    [Test]
    public async Task An_interface_that_is_removed_and_added_is_another_port_with_the_same_address()
    {
        var router = await world.RouterAsync();

        world.Parent.RemoveInterface(router, world.Subnet);
        var again = world.Parent.AddInterface(router, world.Subnet);
        await World.UntilAsync(() => world.PortStatus(again) == "ACTIVE");

        var port = world.ChildInterfaces(router).Single();
        Assert.That((string?)port["mac_address"], Is.EqualTo((string?)world.Parent.Port(again)!["mac_address"]));
    }

    [Test]
    public async Task An_interface_that_goes_to_another_router_goes_there_in_the_child()
    {
        world.Refused = TimeSpan.FromMinutes(5);
        await world.RebornAsync();
        var from = await world.RouterAsync(gateway: false);
        var to = await world.RouterAsync(gateway: false, inside: false);

        world.Parent.RemoveInterface(from, world.Subnet);
        var port = world.Parent.AddInterface(to, world.Subnet);
        await World.UntilAsync(() => world.PortStatus(port) == "ACTIVE");

        Assert.That(world.ChildInterfaces(from), Is.Empty);
        Assert.That(world.ChildInterfaces(to), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_ipv6_subnets_of_a_network_share_one_port_that_grows()
    {
        const string First = "2001:db8:1::/64";
        const string Second = "2001:db8:2::/64";
        var network = world.Parent.AddNetwork("six");
        var first = world.Parent.AddSubnet(network, First);
        var second = world.Parent.AddSubnet(network, Second);
        world.Mirror(network, (first, First), (second, Second));
        var router = await world.RouterAsync(gateway: false, inside: false);
        world.Parent.AddInterface(router, first);
        await world.SettleAsync();

        world.Parent.AddInterface(router, second);
        await world.SettleAsync();

        Assert.That(World.Addresses(world.ChildInterfaces(router).Single()), Is.EquivalentTo(new[] { "2001:db8:1::1", "2001:db8:2::1" }));
    }

    [Test]
    public async Task A_gateway_is_set_changed_and_cleared()
    {
        var router = await world.RouterAsync(gateway: false);
        Assert.That(world.ChildRouter(router)!["external_gateway_info"], Is.Null);

        world.Parent.SetGateway(router, world.Outside, address: "203.0.113.77");
        await world.SettleAsync();
        Assert.That(world.ChildGateway(router), Is.EqualTo(new[] { "203.0.113.77" }));

        world.Parent.SetGateway(router, world.Outside, address: "203.0.113.78");
        await world.SettleAsync();
        Assert.That(world.ChildGateway(router), Is.EqualTo(new[] { "203.0.113.78" }));

        var (other, there) = world.AddOutside("198.51.100.0/24");
        var port = world.Parent.SetGateway(router, other);
        await World.UntilAsync(() => world.PortStatus(port) == "ACTIVE");
        Assert.That((string?)world.ChildRouter(router)!["external_gateway_info"]!["network_id"], Is.EqualTo(there));

        world.Parent.ClearGateway(router);
        await world.SettleAsync();
        Assert.That(world.ChildRouter(router)!["external_gateway_info"], Is.Null);
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Snat_is_the_parent_s()
    {
        var router = await world.RouterAsync();
        Assert.That((bool)world.ChildRouter(router)!["external_gateway_info"]!["enable_snat"]!, Is.True);

        world.Parent.SetGateway(router, world.Outside, enableSnat: false);
        await world.SettleAsync();

        Assert.That((bool)world.ChildRouter(router)!["external_gateway_info"]!["enable_snat"]!, Is.False);
    }

    [Test]
    public async Task A_gateway_with_several_addresses_has_them_all()
    {
        world.Parent.AddSubnet(world.Outside, "198.51.100.0/24");
        world.Child.Neutron.Make("subnets", "operator", new() { ["network_id"] = world.ChildOutside, ["cidr"] = "198.51.100.0/24", ["ip_version"] = 4, ["enable_dhcp"] = false });
        var router = await world.RouterAsync();
        var port = (string)world.Parent.Router(router)!["gw_port_id"]!;
        var outside = world.Parent.Network(world.Outside)!["subnets"]!.AsArray();

        world.Parent.EditPort(port, of => of["fixed_ips"] = new JsonArray(
            new JsonObject { ["subnet_id"] = outside[0]!.DeepClone(), ["ip_address"] = "203.0.113.50" }, new JsonObject { ["subnet_id"] = outside[1]!.DeepClone(), ["ip_address"] = "198.51.100.50" }));
        world.Parent.EditRouter(router, _ => { });
        await world.SettleAsync();

        Assert.That(world.ChildGateway(router), Is.EquivalentTo(new[] { "203.0.113.50", "198.51.100.50" }));
    }

    [Test]
    public async Task A_gateway_has_an_address_of_each_family()
    {
        world.Parent.AddSubnet(world.Outside, "2001:db8:ffff::/64");
        world.Child.Neutron.Make("subnets", "operator", new() { ["network_id"] = world.ChildOutside, ["cidr"] = "2001:db8:ffff::/64", ["ip_version"] = 6, ["enable_dhcp"] = false });

        var router = await world.RouterAsync();

        var own = World.Addresses(world.Parent.Port((string)world.Parent.Router(router)!["gw_port_id"]!));
        Assert.That(own, Has.Some.StartsWith("2001:db8:ffff:").And.Some.StartsWith("203.0.113."));
        Assert.That(world.ChildGateway(router), Is.EquivalentTo(own));
    }

    [Test]
    public async Task A_gateway_on_an_external_network_that_is_not_declared_is_refused_and_the_rest_comes()
    {
        var (stranger, _) = world.AddOutside("198.51.100.0/24", declared: false);
        var router = world.Parent.AddRouter();
        world.Parent.MoveRouter(router, World.Here);
        world.Parent.SetGateway(router, stranger);
        world.Parent.AddInterface(router, world.Subnet);
        await world.SettleAsync();

        Assert.That(world.ChildRouter(router)!["external_gateway_info"], Is.Null);
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
        Assert.That(world.Trouble(router), Does.Contain(stranger).And.Contain("external_networks"));
    }

    [Test]
    public async Task A_gateway_that_goes_to_a_network_that_is_not_declared_leaves_the_address_that_it_had()
    {
        var (stranger, _) = world.AddOutside("198.51.100.0/24", declared: false);
        var router = await world.RouterAsync();

        world.Parent.SetGateway(router, stranger);
        await world.SettleAsync();

        Assert.That(world.ChildRouter(router)!["external_gateway_info"], Is.Null, "the parent may give the address to somebody else");
    }

    [Test]
    public async Task A_network_that_is_declared_no_longer_costs_no_router_its_gateway()
    {
        var router = await world.RouterAsync();
        world.External.Clear();

        await world.RebornAsync();

        Assert.That(world.ChildRouter(router)!["external_gateway_info"], Is.Not.Null, "a slip in a file cuts nobody off");
        Assert.That(world.Trouble(router), Does.Contain("external_networks"));
    }

    [Test]
    public async Task Routes_go_before_their_interface_and_come_after_their_gateway()
    {
        var router = await world.RouterAsync(gateway: false);
        world.Parent.SetRoutes(router, ("10.99.0.0/16", "10.10.0.7"));
        await world.SettleAsync();
        Assert.That(Routes(router), Is.EqualTo(new[] { "10.99.0.0/16 10.10.0.7" }));

        // All of it at once: the way by the interface goes with it, the new one needs the gateway.
        world.Silent = true;
        world.Parent.SetRoutes(router);
        world.Parent.RemoveInterface(router, world.Subnet);
        world.Parent.SetGateway(router, world.Outside);
        world.Silent = false;
        world.Parent.SetRoutes(router, ("10.98.0.0/16", "203.0.113.200"));
        await world.SettleAsync();

        Assert.That(Routes(router), Is.EqualTo(new[] { "10.98.0.0/16 203.0.113.200" }));
        Assert.That(world.ChildInterfaces(router), Is.Empty);
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task A_route_goes_before_the_gateway_that_it_uses()
    {
        var router = await world.RouterAsync();
        world.Parent.SetRoutes(router, ("10.98.0.0/16", "203.0.113.200"), ("10.97.0.0/16", "10.10.0.7"));
        await world.SettleAsync();

        world.Silent = true;
        world.Parent.SetRoutes(router, ("10.97.0.0/16", "10.10.0.7"));
        world.Silent = false;
        world.Parent.ClearGateway(router);
        await world.SettleAsync();

        Assert.That(Routes(router), Is.EqualTo(new[] { "10.97.0.0/16 10.10.0.7" }));
        Assert.That(world.ChildRouter(router)!["external_gateway_info"], Is.Null);
    }

    [Test]
    public async Task A_route_that_changes_its_next_hop_is_changed()
    {
        var router = await world.RouterAsync();
        world.Parent.SetRoutes(router, ("10.97.0.0/16", "10.10.0.7"));
        await world.SettleAsync();

        world.Parent.SetRoutes(router, ("10.97.0.0/16", "10.10.0.8"), ("10.96.0.0/16", "10.10.0.8"));
        await world.SettleAsync();

        Assert.That(Routes(router), Is.EquivalentTo(new[] { "10.97.0.0/16 10.10.0.8", "10.96.0.0/16 10.10.0.8" }));
    }

    [Test]
    public async Task Conntrack_helpers_come_and_go()
    {
        var router = await world.RouterAsync();
        var tftp = world.Parent.AddConntrackHelper(router);
        world.Parent.AddConntrackHelper(router, "tcp", 21, "ftp");
        await world.SettleAsync();
        Assert.That(Helpers(router), Is.EquivalentTo(new[] { "udp 69 tftp", "tcp 21 ftp" }));

        world.Parent.DeleteConntrackHelper(tftp);
        await world.SettleAsync();
        Assert.That(Helpers(router), Is.EqualTo(new[] { "tcp 21 ftp" }));
    }

    [Test]
    public async Task A_helper_that_the_child_does_not_allow_is_refused_and_the_others_come()
    {
        var router = await world.RouterAsync();
        world.Parent.AddConntrackHelper(router, "tcp", 9999, "homemade");
        world.Parent.AddConntrackHelper(router, "tcp", 21, "ftp");
        await world.SettleAsync();

        Assert.That(Helpers(router), Is.EqualTo(new[] { "tcp 21 ftp" }));
        Assert.That(world.Trouble(router), Does.Contain("homemade"));
    }

    [Test]
    public async Task A_child_without_conntrack_helpers_refuses_them_and_has_the_rest()
    {
        world.Child.Neutron.SwitchOff("l3-conntrack-helper");
        await world.RebornAsync();
        var router = world.Parent.AddRouter();
        world.Parent.MoveRouter(router, World.Here);
        world.Parent.AddConntrackHelper(router);
        world.Parent.AddInterface(router, world.Subnet);
        await world.SettleAsync();

        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
        Assert.That(world.Trouble(router), Does.Contain("conntrack"));
    }

    [Test]
    public async Task A_highly_available_router_is_refused_and_holds_no_address()
    {
        var router = world.Parent.AddRouter(edit: of => of["ha"] = true);
        world.Parent.MoveRouter(router, World.Here);
        world.Parent.SetGateway(router, world.Outside);
        world.Parent.AddInterface(router, world.Subnet);
        var ip = world.Parent.AddFloatingIp(world.Outside, world.AddServer());
        await World.UntilAsync(() => world.StatusOf(ip) == "ERROR");
        await world.SettleAsync();

        Assert.That(world.ChildPortsOf(router), Is.Empty);
        Assert.That(world.Trouble(router), Does.Contain("highly available"));
    }

    [Test]
    public async Task A_router_that_is_deleted_goes_with_all_that_hangs_on_it_and_nobody_is_asked_for_it()
    {
        var (router, server, ip) = await world.ServedAsync();
        world.Parent.SetRoutes(router, ("10.97.0.0/16", "10.10.0.7"));
        world.Parent.AddConntrackHelper(router);
        await world.SettleAsync();
        world.Silent = true;
        world.Parent.DisassociateFloatingIp(ip);
        world.Parent.SetRoutes(router);
        world.Parent.RemoveInterface(router, world.Subnet);
        world.Silent = false;
        var asked = world.Parent.CallsOf("get_router_ids").Count + world.Parent.CallsOf("sync_routers").Count;

        world.Parent.DeleteRouter(router);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
        Assert.That(world.Child.Neutron.Ports.Select(port => (string?)port["description"]), Is.EqualTo(new[] { $"cascade:{server}" }));
        Assert.That(world.StatusOf(ip), Is.EqualTo("DOWN"));
        Assert.That(world.Parent.CallsOf("get_router_ids").Count + world.Parent.CallsOf("sync_routers").Count, Is.EqualTo(asked), "get_router_ids takes what no agent hosts, sync_routers binds");
    }

    [Test]
    public async Task A_router_that_goes_to_another_host_leaves_the_child_and_comes_back()
    {
        var (router, _, ip) = await world.ServedAsync();
        var asked = world.Parent.CallsOf("get_router_ids").Count;

        world.Parent.MoveRouter(router, World.There);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
        Assert.That(world.Parent.CallsOf("get_router_ids"), Has.Count.EqualTo(asked));

        world.Parent.MoveRouter(router, World.Here);
        await World.UntilAsync(() => world.StatusOf(ip) == "ACTIVE");
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_router_that_left_and_came_back_in_one_breath_stays_as_it_is()
    {
        var (router, _, _) = await world.ServedAsync();
        var before = world.Picture(router);
        var id = (string)world.ChildRouter(router)!["id"]!;

        world.Parent.MoveRouter(router, World.There);
        world.Parent.MoveRouter(router, World.Here);
        await world.SettleAsync();
        await World.UntilAsync(() => world.ChildRouter(router) is not null && world.Picture(router) == before);

        await TestContext.Out.WriteLineAsync((string?)world.ChildRouter(router)!["id"] == id ? "the same router" : "another router");
    }

    [Test]
    public async Task What_left_while_nobody_heard_goes_with_the_next_comparison_and_is_not_asked_for()
    {
        var (router, _, _) = await world.ServedAsync();
        world.Silent = true;
        world.Parent.MoveRouter(router, World.There);
        world.Silent = false;

        await world.CompareAsync();

        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Child.Neutron.FloatingIps, Is.Empty);
    }

    [Test]
    public async Task One_that_could_not_be_made_is_not_asked_for_after_it_went_elsewhere()
    {
        world.Child.Neutron.SetQuota(world.Project, "router", 0);
        var router = await world.RouterAsync();
        Assert.That(world.Trouble(router), Does.Contain("Quota"));

        world.Parent.MoveRouter(router, World.There);
        await world.SettleAsync();
        var asked = world.Parent.CallsOf("sync_routers").Count;
        await Task.Delay(TimeSpan.FromMilliseconds(800), TimeProvider.System);

        Assert.That(world.Parent.CallsOf("sync_routers"), Has.Count.EqualTo(asked), "what it would bind is another host's");
    }

    [Test]
    public async Task A_network_that_is_not_in_the_child_yet_is_waited_for_and_the_rest_is_done()
    {
        var (network, subnet) = world.AddInside("10.20.0.0/24", mirrored: false);
        var router = await world.RouterAsync();
        var port = world.Parent.AddInterface(router, subnet);
        await world.SettleAsync();
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
        Assert.That(world.Trouble(router), Does.Contain(network));

        world.Mirror(network, (subnet, "10.20.0.0/24"));
        await World.UntilAsync(() => world.PortStatus(port) == "ACTIVE");

        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(2));
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task A_network_that_was_made_anew_in_the_child_is_found()
    {
        var router = await world.RouterAsync();
        world.Parent.RemoveInterface(router, world.Subnet);
        await world.SettleAsync();
        world.Child.Neutron.Vanish("subnets", world.ChildSubnet(world.Subnet));
        world.Child.Neutron.Vanish("networks", world.ChildNetwork(world.Inside));
        world.Mirror(world.Inside, (world.Subnet, "10.10.0.0/24"));

        var port = world.Parent.AddInterface(router, world.Subnet);
        await World.UntilAsync(() => world.PortStatus(port) == "ACTIVE");

        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_port_of_a_router_that_goes_down_in_the_child_is_down_in_the_parent_and_up_again()
    {
        var router = await world.RouterAsync();
        var inside = world.Parent.PortsOf(router).Single(port => (string?)world.Parent.Port(port)!["device_owner"] == "network:router_interface");
        await World.UntilAsync(() => world.PortStatus(inside) == "ACTIVE");
        var port = (string)world.ChildInterfaces(router).Single()["id"]!;

        world.Child.Neutron.SetPortStatus(port, "DOWN");
        await world.WatchAsync();
        await World.UntilAsync(() => world.PortStatus(inside) == "DOWN");

        world.Child.Neutron.SetPortStatus(port, "ACTIVE");
        await World.UntilAsync(() => world.PortStatus(inside) == "ACTIVE");
    }

    [Test]
    public async Task An_agent_that_an_operator_disabled_has_no_routers_until_it_is_enabled()
    {
        var router = await world.RouterAsync();

        // As natively: the server answers none.
        world.Parent.SetL3AgentAdminState(World.Here, up: false);
        await World.UntilAsync(() => world.Child.Neutron.Routers.Count == 0);

        world.Parent.SetL3AgentAdminState(World.Here, up: true);
        await World.UntilAsync(() => world.ChildInterfaces(router).Count == 1);
    }

    IEnumerable<string> Routes(string router) => world.ChildRouter(router)!["routes"]!.AsArray().Select(route => $"{route!["destination"]} {route["nexthop"]}");

    IEnumerable<string> Helpers(string router) =>
        world.Child.Neutron.ConntrackHelpersOf((string)world.ChildRouter(router)!["id"]!).Select(helper => $"{helper["protocol"]} {helper["port"]} {helper["helper"]}");
}
