using System.Text.Json.Nodes;
using Cascade.L2Proxy.Ports;

namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>The life of a port, from the parent's push to its end.</summary>
public sealed class PortFlowTest : WorldTest
{
    [Test]
    public async Task A_port_that_is_pushed_is_made_with_its_network_and_is_active_when_the_child_says_so()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);

        var made = world.ChildPort(port)!;
        var parent = world.Parent.Port(port)!;
        var on = world.ChildNetwork(network)!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)made["mac_address"], Is.EqualTo((string?)parent["mac_address"]));
            Assert.That((string?)made["fixed_ips"]![0]!["ip_address"], Is.EqualTo((string?)parent["fixed_ips"]![0]!["ip_address"]));
            Assert.That((string?)made["project_id"], Is.EqualTo(world.Parent.ProjectId), "it is the tenant's");
            Assert.That((string?)on["project_id"], Is.EqualTo(world.Project), "the network is ours: no tenant can write its stamp");
            Assert.That((int?)on["provider:segmentation_id"], Is.EqualTo((int?)world.Parent.Network(network)!["provider:segmentation_id"]));
            Assert.That(world.Child.Neutron.RbacPolicies.Select(policy => (string?)policy["target_tenant"]), Does.Contain(world.Parent.ProjectId), "nova there lists it as the tenant");
            Assert.That(world.Status(port), Is.EqualTo("DOWN"));
        });

        world.Plug(port);
        await world.LookAsync();

        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
        Assert.That(world.Parent.NovaEvents, Is.EqualTo(new[] { $"network-vif-plugged {port} {parent["device_id"]}" }));
    }

    [Test]
    public async Task The_child_gives_out_nothing_but_what_the_parent_reserved()
    {
        var network = world.Network();
        await world.PortAsync(network);

        var reserved = world.Reserved(network).Single();
        var subnet = world.Child.Neutron.Subnets.Single();
        var pool = subnet["allocation_pools"]!.AsArray().Single()!;
        Assert.That((string?)pool["start"], Is.EqualTo((string?)reserved["fixed_ips"]![0]!["ip_address"]));
        Assert.That((string?)pool["end"], Is.EqualTo((string?)pool["start"]));
        Assert.That((string?)reserved["device_id"], Is.EqualTo($"dhcp-{World.Host}-{network}"));
    }

    [Test]
    public async Task One_address_is_reserved_for_each_dhcp_agent_of_the_child()
    {
        world.DhcpAgents = 2;
        await world.RebornAsync();
        var network = world.Network();
        await world.PortAsync(network);

        Assert.That(world.Reserved(network), Has.Count.EqualTo(2));
        Assert.That(world.Child.Neutron.Subnets.Single()["allocation_pools"]!.AsArray().Sum(pool => Size(pool!)), Is.EqualTo(2));
    }

    [Test]
    public async Task What_the_child_needs_for_the_second_port_of_a_network_is_the_port()
    {
        var network = world.Network();
        await world.PortAsync(network);
        world.Child.ForgetRequests();

        await world.PortAsync(network);

        Assert.That(world.Writes.Select(request => $"{request.Method} {request.Path}"), Is.EqualTo(new[] { "POST /ports" }));
    }

    [Test]
    public async Task Another_projects_port_shares_the_network_with_that_project_too()
    {
        var network = world.Network();
        await world.PortAsync(network);

        await world.PortAsync(network, port => port["project_id"] = "0ther000000000000000000000000000");

        Assert.That(
            world.Child.Neutron.RbacPolicies.Where(policy => (string?)policy["object_type"] == "network").Select(policy => (string?)policy["target_tenant"]),
            Is.EquivalentTo(new[] { world.Parent.ProjectId, "0ther000000000000000000000000000" }));
    }

    [Test]
    public async Task A_port_on_another_host_is_no_business_of_ours()
    {
        world.Child.ForgetRequests();
        world.Parent.AddPort(world.Network(), "cloud-b");
        await world.SettleAsync();

        Assert.That(world.Child.Requests, Is.Empty);
        Assert.That(world.Parent.CallsOf("bulk_pull"), Is.Empty, "what was pushed says whose it is");
    }

    [Test]
    public async Task A_change_is_sent_as_the_difference()
    {
        var port = await world.PortAsync(world.Network());
        world.Child.ForgetRequests();

        world.Parent.EditPort(port, edited =>
        {
            edited["name"] = "renamed";
            edited["allowed_address_pairs"] = new JsonArray(new JsonObject { ["ip_address"] = "10.10.0.200", ["mac_address"] = edited["mac_address"]!.DeepClone() });
        });
        await world.SettleAsync();

        var put = world.Writes.Single();
        Assert.That(JsonNode.Parse(put.Body)!["port"]!.AsObject().Select(member => member.Key), Is.EquivalentTo(new[] { "name", "allowed_address_pairs" }));
        Assert.That((string?)world.ChildPort(port)!["name"], Is.EqualTo("renamed"));
    }

    [Test]
    public async Task A_port_that_is_switched_off_in_the_parent_is_down_in_both()
    {
        var port = await ActiveAsync(world.Network());

        world.Parent.EditPort(port, edited => edited["admin_state_up"] = false);
        await world.SettleAsync();

        Assert.That((bool?)world.ChildPort(port)!["admin_state_up"], Is.False);
        Assert.That(world.Status(port), Is.EqualTo("DOWN"));
    }

    [TestCase("DOWN", "DOWN")]
    [TestCase("ERROR", "DOWN", TestName = "There is no way to say ERROR")]
    [TestCase("BUILD", "ACTIVE", TestName = "An agent of the child asks for details")]
    public async Task The_parent_believes_what_the_child_shows(string child, string parent)
    {
        var port = await ActiveAsync(world.Network());

        world.Child.Neutron.SetPortStatus((string)world.ChildPort(port)!["id"]!, child);
        await world.LookAsync();

        Assert.That(world.Status(port), Is.EqualTo(parent));
    }

    [Test]
    public async Task Several_ports_go_up_in_one_message_and_tunnels_are_refreshed_for_the_first()
    {
        var network = world.Network();
        var ports = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            ports.Add(await world.PortAsync(network));
        }

        // The first one is under way until all of them have something to tell.
        var book = world.Of<PortBook>();
        world.Parent.Hold = call => call.Method == "update_device_list" ? World.UntilAsync(() => ports.TrueForAll(port => book.Find(port)?.Believed == "ACTIVE")) : Task.CompletedTask;
        ports.ForEach(world.Plug);
        await world.LookAsync();

        Assert.That(ports.Select(world.Status), Is.All.EqualTo("ACTIVE"));
        var calls = world.Parent.CallsOf("update_device_list");
        Assert.That(calls, Has.Count.LessThanOrEqualTo(2), "what gathers while one is under way goes together");
        Assert.That(calls[0].Arguments["refresh_tunnels"]!.GetValue<bool>(), Is.True);

        var one = await ActiveAsync(network);
        Assert.That(world.Parent.CallsOf("update_device_list")[^1].Arguments["refresh_tunnels"]!.GetValue<bool>(), Is.False, $"{one} is not the first on its network");
    }

    [Test]
    public async Task What_was_told_is_not_told_again()
    {
        var port = await ActiveAsync(world.Network());
        var told = world.Parent.CallsOf("update_device_list").Count;

        await world.LookAsync();
        await world.ResyncAsync();
        world.Parent.EditPort(port, edited => edited["name"] = "renamed");
        await world.SettleAsync();
        await world.LookAsync();

        Assert.That(world.Parent.CallsOf("update_device_list"), Has.Count.EqualTo(told));
    }

    [Test]
    public async Task The_parent_is_told_again_when_it_forgot()
    {
        var port = await ActiveAsync(world.Network());

        // Another profile unbinds and binds again: DOWN, although the child's port never was.
        world.Parent.EditPort(port, edited => edited["status"] = "DOWN");
        await world.SettleAsync();

        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
    }

    [TestCase("deleted")]
    [TestCase("unbound", TestName = "Detached from its server: only a push tells")]
    [TestCase("rebound", TestName = "Bound to another host")]
    public async Task The_last_port_takes_everything_with_it(string how)
    {
        var network = world.Network();
        var port = await world.PortAsync(network);

        Leave(port, how);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
        Assert.That(world.Child.Neutron.Subnets, Is.Empty);
        Assert.That(world.Child.Neutron.RbacPolicies.Where(policy => (string?)policy["object_type"] == "network"), Is.Empty);
        Assert.That(world.Reserved(network), Is.Empty, "the parent has its addresses back");
    }

    [Test]
    public async Task A_port_that_is_not_the_last_leaves_the_network()
    {
        var network = world.Network();
        var stays = await world.PortAsync(network);
        var goes = await world.PortAsync(network);

        world.Parent.DeletePort(goes);
        await world.SettleAsync();

        Assert.That(world.ChildPort(goes), Is.Null);
        Assert.That(world.ChildPort(stays), Is.Not.Null);
        Assert.That(world.Reserved(network), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_port_that_a_server_in_the_child_holds_stays_until_it_lets_go()
    {
        var port = await ActiveAsync(world.Network());
        var held = (string)world.ChildPort(port)!["id"]!;

        world.Parent.DeletePort(port);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Find("ports", held), Is.Not.Null, "taking it away would take the interface from under the server");

        world.Unplug(held);
        await world.LookAsync();
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task A_held_port_goes_after_a_restart_too()
    {
        var port = await ActiveAsync(world.Network());
        var held = (string)world.ChildPort(port)!["id"]!;
        world.Parent.EditPort(port, edited => (edited["binding:host_id"], edited["device_owner"]) = ("cloud-b", "compute:nova"));
        await world.SettleAsync();
        await world.RebornAsync();
        Assert.That(world.Child.Neutron.Find("ports", held), Is.Not.Null);

        world.Unplug(held);
        await world.LookAsync();
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Ports, Is.Empty);
    }

    [Test]
    public async Task A_live_migration_makes_the_port_when_the_binding_becomes_ours_and_not_before()
    {
        var network = world.Network();
        var port = world.Parent.AddPort(network, "cloud-b");
        world.Parent.AddInactiveBinding(port, World.Host);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Ports, Is.Empty);

        world.Parent.ActivateBinding(port, World.Host);
        await world.SettleAsync();
        Assert.That(world.ChildPort(port), Is.Not.Null);
    }

    [Test]
    public async Task A_live_migration_away_takes_the_port_when_the_other_end_counts()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        world.Parent.AddInactiveBinding(port, "cloud-b");
        await world.SettleAsync();
        Assert.That(world.ChildPort(port), Is.Not.Null);

        world.Parent.ActivateBinding(port, "cloud-b");
        await world.SettleAsync();
        Assert.That(world.ChildPort(port), Is.Null);
    }

    [Test]
    public async Task A_routers_port_is_not_ours_to_make_or_to_report()
    {
        var network = world.Network();
        world.Parent.AddPort(network, World.Host, port => port["device_owner"] = "network:router_interface");
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(world.Parent.CallsOf("update_device_list"), Is.Empty);
    }

    [Test]
    public async Task Another_mac_is_given_to_the_port_that_is_there()
    {
        var port = await world.PortAsync(world.Network());
        var before = (string)world.ChildPort(port)!["id"]!;

        world.Parent.EditPort(port, edited => edited["mac_address"] = "fa:16:3e:99:99:99");
        await world.SettleAsync();

        Assert.That((string?)world.ChildPort(port)!["mac_address"], Is.EqualTo("fa:16:3e:99:99:99"));
        Assert.That((string?)world.ChildPort(port)!["id"], Is.EqualTo(before));
    }

    [Test]
    public async Task A_port_that_somebody_deleted_in_the_child_is_made_again_and_is_down_meanwhile()
    {
        var port = await ActiveAsync(world.Network());
        world.Child.Neutron.Vanish("ports", (string)world.ChildPort(port)!["id"]!);

        await world.ResyncAsync();
        await world.SettleAsync();

        Assert.That(world.ChildPort(port), Is.Not.Null);
        Assert.That(world.Status(port), Is.EqualTo("DOWN"));
    }

    [Test]
    public async Task What_a_tenant_changed_in_the_child_is_put_right()
    {
        var port = await world.PortAsync(world.Network());
        world.Child.Neutron.Change("ports", (string)world.ChildPort(port)!["id"]!, members => (members["name"], members["admin_state_up"]) = ("mine", false));

        await world.LookAsync();
        await world.SettleAsync();

        Assert.That((bool?)world.ChildPort(port)!["admin_state_up"], Is.True);
    }

    [Test]
    public async Task One_that_comes_back_while_its_server_still_holds_it_is_watched_as_before()
    {
        var port = await ActiveAsync(world.Network());
        world.Parent.UnbindPort(port);
        await world.SettleAsync();
        world.Parent.BindPort(port, World.Host);
        await World.UntilAsync(() => world.Status(port) == "ACTIVE");
        await world.SettleAsync();

        world.Child.Neutron.SetPortStatus((string)world.ChildPort(port)!["id"]!, "DOWN");
        await world.LookAsync();

        await World.UntilAsync(() => world.Status(port) == "DOWN");
    }

    [Test]
    public async Task A_port_that_goes_up_after_a_look_at_it_while_the_watch_waits_for_its_list_is_told()
    {
        var port = await world.PortAsync(world.Network());
        var listing = world.Child.On("GET", "/ports").HoldBefore();
        var watching = world.LookAsync();
        await listing.Arrived;

        world.Parent.EditPort(port, edited => edited["name"] = "renamed");
        await world.SettleAsync();
        world.Plug(port);
        listing.Release();
        await watching;
        await world.LookAsync();

        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task A_vnic_type_that_the_child_has_not_is_refused_and_stays_down()
    {
        var network = world.Network();
        var port = await world.PortAsync(network, edited => edited["binding:vnic_type"] = "direct");

        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(world.Child.Neutron.Networks, Is.Empty, "nothing is made for it");
        Assert.That(world.Status(port), Is.EqualTo("DOWN"));
    }

    async Task<string> ActiveAsync(string network)
    {
        var port = await world.PortAsync(network);
        world.Plug(port);
        await world.LookAsync();
        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
        await world.SettleAsync();
        return port;
    }

    void Leave(string port, string how)
    {
        switch (how)
        {
            case "deleted":
                world.Parent.DeletePort(port);
                break;
            case "unbound":
                world.Parent.UnbindPort(port);
                break;
            default:
                world.Parent.BindPort(port, "cloud-b");
                break;
        }
    }

    static int Size(JsonNode pool) => LastByte(pool["end"]!) - LastByte(pool["start"]!) + 1;

    static int LastByte(JsonNode address) => System.Net.IPAddress.Parse((string)address!).GetAddressBytes()[^1];
}
