using System.Text.Json.Nodes;

namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>The life of a network and its subnets while ports are on it.</summary>
public sealed class NetworkFlowTest : WorldTest
{
    [Test]
    public async Task A_change_of_a_network_is_sent_as_the_difference()
    {
        var network = world.Network();
        await world.PortAsync(network);
        world.Child.ForgetRequests();

        world.Parent.EditNetwork(network, edited => (edited["name"], edited["mtu"]) = ("renamed", 1400));
        await world.SettleAsync();

        var put = world.Writes.Single();
        Assert.That(JsonNode.Parse(put.Body)!["network"]!.AsObject().Select(member => member.Key), Is.EquivalentTo(new[] { "name", "mtu" }));
    }

    [Test]
    public async Task A_change_while_a_network_is_made_is_not_overlooked()
    {
        var network = world.Network();
        var making = world.Child.On("POST", "/subnets").HoldBefore();
        world.Parent.AddPort(network, World.Host);
        await making.Arrived;

        world.Parent.EditNetwork(network, edited => edited["name"] = "renamed");
        world.Parent.AddSubnet(network, "10.20.0.0/24");
        await world.HeardAsync();
        making.Release();
        await world.SettleAsync();

        Assert.That((string?)world.ChildNetwork(network)!["name"], Is.EqualTo("renamed"));
        Assert.That(world.Child.Neutron.Subnets.Select(subnet => (string?)subnet["cidr"]), Is.EquivalentTo(new[] { "10.10.0.0/24", "10.20.0.0/24" }));
    }

    [Test]
    public async Task A_subnet_that_goes_while_its_network_is_made_is_not_overlooked()
    {
        var network = world.Network();
        var second = world.Parent.AddSubnet(network, "10.20.0.0/24");
        var making = world.Child.On("POST", "/subnets").HoldBefore();
        world.Parent.AddPort(network, World.Host, port => port["fixed_ips"]!.AsArray().RemoveAt(1));
        await making.Arrived;

        world.Parent.DeleteSubnet(second);
        await world.HeardAsync();
        making.Release();
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Subnets.Select(subnet => (string?)subnet["cidr"]), Is.EqualTo(new[] { "10.10.0.0/24" }));
    }

    [Test]
    public async Task A_change_of_a_subnet_is_sent_as_the_difference_and_keeps_the_pool()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var subnet = (string)world.Parent.Network(network)!["subnets"]![0]!;
        world.Child.ForgetRequests();

        world.Parent.EditSubnet(subnet, edited =>
        {
            edited["dns_nameservers"] = new JsonArray("9.9.9.9");
            edited["allocation_pools"] = new JsonArray(new JsonObject { ["start"] = "10.10.0.100", ["end"] = "10.10.0.120" });
        });
        await world.SettleAsync();

        var put = world.Writes.Single();
        Assert.That(JsonNode.Parse(put.Body)!["subnet"]!.AsObject().Select(member => member.Key), Is.EquivalentTo(new[] { "dns_nameservers" }), "the parent's pools are the parent's");
    }

    [Test]
    public async Task A_second_subnet_comes_with_a_reservation_of_its_own()
    {
        var network = world.Network();
        await world.PortAsync(network);

        world.Parent.AddSubnet(network, "10.20.0.0/24");
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Subnets.Select(subnet => (string?)subnet["cidr"]), Is.EquivalentTo(new[] { "10.10.0.0/24", "10.20.0.0/24" }));
        Assert.That(world.Reserved(network).Sum(port => port["fixed_ips"]!.AsArray().Count), Is.EqualTo(2));
    }

    [Test]
    public async Task A_subnet_that_is_gone_goes_in_the_child()
    {
        var network = world.Network();
        var second = world.Parent.AddSubnet(network, "10.20.0.0/24");
        await world.PortAsync(network, port => port["fixed_ips"]!.AsArray().RemoveAt(1));

        world.Parent.DeleteSubnet(second);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Subnets.Select(subnet => (string?)subnet["cidr"]), Is.EqualTo(new[] { "10.10.0.0/24" }));
    }

    [Test]
    public async Task A_subnet_that_was_replaced_by_another_of_its_range_is_replaced_in_the_child()
    {
        var network = world.Network();
        var first = (string)world.Parent.Network(network)!["subnets"]![0]!;
        await world.PortAsync(network, port => port["fixed_ips"] = new JsonArray());

        world.Silent = true;
        world.Parent.DeleteSubnet(first);
        var second = world.Parent.AddSubnet(network, "10.10.0.0/16");
        world.Silent = false;
        var port = await world.PortAsync(network);

        Assert.That(world.Child.Neutron.Subnets.Select(subnet => (string?)subnet["description"]), Is.EqualTo(new[] { $"cascade:{second}" }));
        Assert.That(world.ChildPort(port), Is.Not.Null);
    }

    [Test]
    public async Task Ports_whose_subnet_was_replaced_while_nobody_heard_move_to_the_new_one()
    {
        var network = world.Network();
        var first = (string)world.Parent.Network(network)!["subnets"]![0]!;
        var port = await world.PortAsync(network);

        await world.DieAsync();
        world.Parent.EditPort(port, edited => edited["fixed_ips"] = new JsonArray());
        world.Parent.DeleteSubnet(first);
        var second = world.Parent.AddSubnet(network, "10.10.0.0/16");
        world.Parent.EditPort(port, edited => edited["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = second, ["ip_address"] = "10.10.7.7" }));
        await world.RebornAsync();

        Assert.That(world.Child.Neutron.Subnets.Select(subnet => (string?)subnet["description"]), Is.EqualTo(new[] { $"cascade:{second}" }));
        Assert.That(Addresses(world.ChildPort(port)!), Is.EqualTo(new[] { "10.10.7.7" }));
    }

    [Test]
    public async Task A_subnet_that_is_gone_and_still_in_use_in_the_child_keeps_nothing_else()
    {
        var network = world.Network();
        var second = world.Parent.AddSubnet(network, "10.20.0.0/24");
        await world.PortAsync(network, port => port["fixed_ips"]!.AsArray().RemoveAt(1));
        var stray = (string)world.Child.Neutron.Subnets.Single(subnet => (string?)subnet["description"] == $"cascade:{second}")["id"]!;
        world.Child.Neutron.Make("ports", "somebody", new()
        {
            ["network_id"] = (string)world.ChildNetwork(network)!["id"]!, ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = stray, ["ip_address"] = "10.20.0.77" }),
        });

        world.Silent = true;
        world.Parent.DeleteSubnet(second);
        world.Silent = false;
        world.Parent.AddSubnet(network, "10.30.0.0/24");
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Subnets.Select(subnet => (string?)subnet["cidr"]), Is.EquivalentTo(new[] { "10.10.0.0/24", "10.20.0.0/24", "10.30.0.0/24" }));
        Assert.That(world.Of<L2Proxy.Mirroring.MirrorAgendas>().Networks.TroubleOf(network), Does.Contain(stray), "it is tried again");
        var port = await world.PortAsync(network, edited => edited["fixed_ips"]!.AsArray().RemoveAt(1));
        Assert.That(world.ChildPort(port), Is.Not.Null);
    }

    [Test]
    public async Task Addresses_of_both_families_are_the_parents()
    {
        var network = world.Network();
        world.Parent.AddSubnet(network, "fd00:10::/64", subnet => (subnet["ipv6_ra_mode"], subnet["ipv6_address_mode"]) = ("dhcpv6-stateful", "dhcpv6-stateful"));
        var port = await world.PortAsync(network);

        Assert.That(
            world.ChildPort(port)!["fixed_ips"]!.AsArray().Select(ip => (string?)ip!["ip_address"]),
            Is.EquivalentTo(world.Parent.Port(port)!["fixed_ips"]!.AsArray().Select(ip => (string?)ip!["ip_address"])));
    }

    [Test]
    public async Task An_address_made_of_the_mac_is_the_same_in_both()
    {
        var network = world.Network();
        var slaac = world.Parent.AddSubnet(network, "fd00:10::/64", subnet => (subnet["ipv6_ra_mode"], subnet["ipv6_address_mode"]) = ("slaac", "slaac"));
        var port = await world.PortAsync(network, edited =>
        {
            edited["mac_address"] = "fa:16:3e:00:77:01";
            edited["fixed_ips"]!.AsArray().First(ip => (string?)ip!["subnet_id"] == slaac)!["ip_address"] = "fd00:10::f816:3eff:fe00:7701";
        });

        Assert.That(world.ChildPort(port)!["fixed_ips"]!.AsArray().Select(ip => (string?)ip!["ip_address"]), Does.Contain("fd00:10::f816:3eff:fe00:7701"));
        world.Child.ForgetRequests();
        await world.ResyncAsync();
        await world.SettleAsync();
        Assert.That(world.Writes, Is.Empty, "it is as it shall be");
    }

    [Test]
    public async Task A_number_that_another_network_of_the_child_has_is_left_to_the_child()
    {
        world.Child.Neutron.Make("networks", "somebody", new() { ["name"] = "theirs", ["provider:network_type"] = "vxlan", ["provider:segmentation_id"] = 4711 });
        var network = world.Network(edited => edited["provider:segmentation_id"] = 4711);
        var port = await world.PortAsync(network);

        Assert.That(world.ChildPort(port), Is.Not.Null);
        Assert.That((int?)world.ChildNetwork(network)!["provider:segmentation_id"], Is.Not.EqualTo(4711));
        var row = (await world.Of<Comparing.NetworkList>().ReadAsync(default)).Single();
        Assert.That(row.Note, Does.StartWith("linked (vxlan ").And.EndsWith("instead of vxlan 4711)"), "the operator sees it");
        world.Child.ForgetRequests();
        await world.ResyncAsync();
        await world.SettleAsync();
        Assert.That(world.Writes, Is.Empty, "and it is no difference");
    }

    [Test]
    public async Task A_child_without_such_tunnels_takes_its_own()
    {
        world.Child.Neutron.BecomeOvn();
        var network = world.Network();
        var port = await world.PortAsync(network);

        Assert.That(world.ChildPort(port), Is.Not.Null);
        Assert.That((string?)world.ChildNetwork(network)!["provider:network_type"], Is.EqualTo("geneve"));
        Assert.That((int?)world.ChildNetwork(network)!["mtu"], Is.EqualTo(1442), "the parent's 1450 is too large for it");
    }

    [TestCase(true, "network:distributed")]
    [TestCase(false, "network:dhcp")]
    public async Task What_the_child_serves_dhcp_from_takes_the_address_that_was_reserved_and_goes_with_the_network(bool ovn, string owner)
    {
        world.Child.Neutron.DhcpAgentsPerNetwork = 1;
        if (ovn)
        {
            world.Child.Neutron.BecomeOvn();
        }

        var network = world.Network();
        world.Parent.AddSubnet(network, "10.11.0.0/24");
        var port = await world.PortAsync(network);
        world.Plug(port);
        await world.LookAsync();
        await world.SettleAsync();

        var served = world.Child.Neutron.Ports.Single(seen => (string?)seen["device_owner"] == owner);
        Assert.That(Addresses(served), Is.EquivalentTo(world.Reserved(network).SelectMany(Addresses)).And.Exactly(2).Items);
        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
        await world.RebornAsync();
        world.Child.ForgetRequests();
        await world.ResyncAsync();
        await world.SettleAsync();
        Assert.That(world.Writes, Is.Empty, "the child's own port is none of ours");

        world.Unplug((string)world.ChildPort(port)!["id"]!);
        world.Parent.DeletePort(port);
        await World.UntilAsync(() => world.Child.Neutron.Networks.Count == 0);
        Assert.That(world.Child.Neutron.Ports, Is.Empty);
    }

    [Test]
    public async Task A_vlan_keeps_its_number_or_is_refused()
    {
        var network = world.Network(edited => (edited["provider:network_type"], edited["provider:physical_network"], edited["provider:segmentation_id"]) = ("vlan", "physnet1", 42));
        var port = await world.PortAsync(network);
        Assert.That((int?)world.ChildNetwork(network)!["provider:segmentation_id"], Is.EqualTo(42));

        world.Child.Neutron.Make("networks", "somebody", new() { ["provider:network_type"] = "vlan", ["provider:physical_network"] = "physnet1", ["provider:segmentation_id"] = 43 });
        var other = await world.PortAsync(world.Network(edited => (edited["provider:network_type"], edited["provider:physical_network"], edited["provider:segmentation_id"]) = ("vlan", "physnet1", 43), "10.30.0.0/24"));
        Assert.That(world.ChildPort(port), Is.Not.Null);
        Assert.That(world.ChildPort(other), Is.Null, "a VLAN of another number would be another network");
        Assert.That(world.Of<L2Proxy.Mirroring.MirrorAgendas>().Ports.TroubleOf(other), Does.Contain("VLAN 43"));
    }

    [Test]
    public async Task A_vlan_gets_another_number_as_the_parent_s_does_or_no_port_comes_to_it_any_more()
    {
        var network = world.Network(edited => (edited["provider:network_type"], edited["provider:physical_network"], edited["provider:segmentation_id"]) = ("vlan", "physnet1", 42));
        await world.PortAsync(network);

        world.Parent.EditNetwork(network, edited => edited["provider:segmentation_id"] = 44);
        await world.SettleAsync();
        Assert.That((int?)world.ChildNetwork(network)!["provider:segmentation_id"], Is.EqualTo(44));

        world.Child.Neutron.Make("networks", "somebody", new() { ["provider:network_type"] = "vlan", ["provider:physical_network"] = "physnet1", ["provider:segmentation_id"] = 45 });
        world.Parent.EditNetwork(network, edited => (edited["provider:segmentation_id"], edited["name"]) = (45, "renamed"));
        await world.SettleAsync();
        var late = await world.PortAsync(network);

        Assert.That((string?)world.ChildNetwork(network)!["name"], Is.EqualTo("renamed"), "what the child takes of it");
        Assert.That(world.ChildPort(late), Is.Null, "it would be on somebody else's wire");
        Assert.That(world.Of<L2Proxy.Mirroring.MirrorAgendas>().Ports.TroubleOf(late), Does.Contain("does not make it VLAN 45"));
    }

    [Test]
    public async Task Packets_are_as_large_as_both_can()
    {
        world.Child.Neutron.TunnelMtu = 1400;
        var network = world.Network();
        await world.PortAsync(network);
        Assert.That((int?)world.ChildNetwork(network)!["mtu"], Is.EqualTo(1400));

        var tries = world.Child.Count("POST", "/networks");
        await world.PortAsync(world.Network(cidr: "10.30.0.0/24"));
        Assert.That(world.Child.Count("POST", "/networks"), Is.EqualTo(tries + 1), "asked once, known then");
        world.Child.ForgetRequests();
        await world.RebornAsync();
        Assert.That(world.Child.Neutron.Networks.Select(seen => (int?)seen["mtu"]), Is.All.EqualTo(1400));
    }

    [Test]
    public async Task A_full_subnet_with_dhcp_is_refused_with_the_reason()
    {
        var network = world.Network();
        world.Parent.Before = call =>
        {
            if (call.Method == "create_dhcp_port")
            {
                throw new Oslo.Wire.Failures.RpcFault("neutron_lib.exceptions", "IpAddressGenerationFailure", "No more IP addresses available on network.");
            }
        };
        var port = await world.PortAsync(network);

        Assert.That(world.ChildPort(port), Is.Null, "a guest without DHCP would be a silent failure");
        Assert.That(world.Of<L2Proxy.Mirroring.MirrorAgendas>().Ports.TroubleOf(port), Does.Contain("no address left"));
        Assert.That((bool?)world.Child.Neutron.Subnets.Single()["enable_dhcp"], Is.False, "it would serve from an address of somebody else's");

        world.Parent.Before = null;
        await World.UntilAsync(() => world.ChildPort(port) is not null);
        Assert.That((bool?)world.Child.Neutron.Subnets.Single()["enable_dhcp"], Is.True);
    }

    [Test]
    public async Task Ports_on_the_other_subnets_of_the_network_do_not_wait_for_a_full_one()
    {
        var network = world.Network();
        var full = world.Parent.AddSubnet(network, "10.11.0.0/24");
        world.Parent.Before = call =>
        {
            if (call.Method == "create_dhcp_port" && call.Arguments.ToJsonString().Contains(full, StringComparison.Ordinal))
            {
                throw new Oslo.Wire.Failures.RpcFault("neutron_lib.exceptions", "IpAddressGenerationFailure", "No more IP addresses available on network.");
            }
        };
        var port = await world.PortAsync(network, edited => edited["fixed_ips"]!.AsArray().RemoveAt(1));
        var other = await world.PortAsync(network, edited => edited["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = full, ["ip_address"] = "10.11.0.9" }));

        Assert.That(world.ChildPort(port), Is.Not.Null);
        Assert.That(world.ChildPort(other), Is.Null);
        Assert.That(world.Of<L2Proxy.Mirroring.MirrorAgendas>().Ports.TroubleOf(other), Does.Contain(full).And.Contain("no address left"));
        var ports = await world.Of<Comparing.PortList>().ReadAsync(default);
        Assert.That(ports.Single(row => row.Uuid == other).Note, Does.StartWith("refused: ").And.Contain("no address left"));
        var row = (await world.Of<Comparing.NetworkList>().ReadAsync(default)).Single();
        Assert.That(row.Note, Does.Contain($"no address of subnet {full} is reserved"));
    }

    [Test]
    public async Task Subnets_for_other_kinds_of_ports_give_the_childs_dhcp_no_trouble()
    {
        var network = world.Network();
        var gateways = world.Parent.AddSubnet(network, "10.11.0.0/24", subnet => subnet["service_types"] = new JsonArray("network:router_gateway"));
        var silent = world.Parent.AddSubnet(network, "10.12.0.0/24", subnet => (subnet["service_types"], subnet["enable_dhcp"]) = (new JsonArray("network:router_gateway"), false));
        var port = await world.PortAsync(network);

        var made = world.Child.Neutron.Subnets.ToDictionary(subnet => (string)subnet["description"]!, StringComparer.Ordinal);
        Assert.That(world.ChildPort(port)!["fixed_ips"]!.AsArray(), Has.Count.EqualTo(1), "as the parent gave it");
        Assert.That(made, Has.Count.EqualTo(3));
        Assert.That(made.Values.Select(subnet => subnet["service_types"]!.AsArray().Count), Is.All.Zero, "who gets an address is the parent's to say");
        Assert.That(made[$"cascade:{gateways}"]["allocation_pools"]!.AsArray(), Has.Count.EqualTo(1), "DHCP is on: reserved as anywhere");
        Assert.That(made[$"cascade:{silent}"]["allocation_pools"]!.AsArray(), Is.Empty);

        var asked = world.Parent.CallsOf("create_dhcp_port").Count;
        await world.RebornAsync();
        Assert.That(world.Parent.CallsOf("create_dhcp_port"), Has.Count.EqualTo(asked), "what cannot be reserved is not asked for again");
    }

    [Test]
    public async Task A_network_that_is_switched_off_is_off_in_the_child()
    {
        var network = world.Network();
        await world.PortAsync(network);

        world.Parent.EditNetwork(network, edited => edited["admin_state_up"] = false);
        await world.SettleAsync();

        Assert.That((bool?)world.ChildNetwork(network)!["admin_state_up"], Is.False);
    }

    [Test]
    public async Task A_project_that_has_no_port_there_any_more_loses_its_share()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var other = await world.PortAsync(network, port => port["project_id"] = "0ther000000000000000000000000000");

        world.Parent.DeletePort(other);
        await world.SettleAsync();

        Assert.That(
            world.Child.Neutron.RbacPolicies.Where(policy => (string?)policy["object_type"] == "network").Select(policy => (string?)policy["target_tenant"]),
            Is.EqualTo(new[] { world.Parent.ProjectId }));
    }

    static IEnumerable<string?> Addresses(JsonObject port) => port["fixed_ips"]!.AsArray().Select(ip => (string?)ip!["ip_address"]);
}
