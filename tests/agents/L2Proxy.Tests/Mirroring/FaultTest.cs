using System.Text.Json.Nodes;
using Cascade.L2Proxy.Mirroring;
using Cascade.Support;

namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>What goes wrong on the way: lost answers, conflicts, quotas, a child that is away, messages that are lost, doubled or late.</summary>
public sealed class FaultTest : WorldTest
{
    [TestCase("POST", "/networks")]
    [TestCase("POST", "/subnets")]
    [TestCase("POST", "/ports")]
    [TestCase("POST", "/rbac-policies")]
    public async Task An_answer_that_is_lost_makes_nothing_twice(string method, string path)
    {
        world.Child.On(method, path).DropAfter();
        var port = await MadeAsync();

        AssertOne(port);
    }

    [TestCase("POST", "/networks", 500)]
    [TestCase("POST", "/subnets", 503)]
    [TestCase("POST", "/ports", 502)]
    [TestCase("POST", "/rbac-policies", 500)]
    [TestCase("GET", "/networks", 503)]
    [TestCase("GET", "/ports", 503)]
    [TestCase("GET", "/subnets", 500)]
    public async Task What_fails_is_tried_again(string method, string path, int status)
    {
        world.Child.On(method, path).Fail(2, status);
        var port = await MadeAsync();

        AssertOne(port);
    }

    [TestCase("POST", "/ports", "MacAddressInUse")]
    [TestCase("POST", "/ports", "IpAddressInUse")]
    [TestCase("POST", "/ports", "IpAddressAlreadyAllocated")]
    [TestCase("POST", "/ports", "IpAddressGenerationFailure")]
    [TestCase("POST", "/networks", "TunnelIdInUse")]
    public async Task A_conflict_that_is_over_when_it_is_looked_at_leaves_one_of_everything(string method, string path, string type)
    {
        world.Child.On(method, path).Fail(1, 409, Conflict(type));
        var port = await MadeAsync();

        AssertOne(port);
    }

    [TestCase("/ports/*", "PortInUseAsTrunkParent")]
    [TestCase("/networks/*", "NetworkInUse")]
    public async Task What_the_child_still_uses_goes_when_it_lets_it_go(string path, string type)
    {
        var port = await MadeAsync();
        world.Child.On("DELETE", path).Fail(1, 409, Conflict(type));

        world.Parent.DeletePort(port);

        await World.UntilAsync(() => world.Child.Neutron.Ports.Count == 0 && world.Child.Neutron.Networks.Count == 0, TimeSpan.FromMinutes(1));
    }

    [TestCase("network")]
    [TestCase("subnet")]
    [TestCase("rbac_policy")]
    public async Task A_quota_of_our_own_project_refuses_until_it_is_raised(string resource)
    {
        world.Child.Neutron.SetQuota(world.Project, resource, 0);
        var port = await world.PortAsync(world.Network());
        Assert.That(world.ChildPort(port), Is.Null);
        Assert.That(Trouble(port), Does.Contain("Quota exceeded"));

        world.Child.Neutron.SetQuota(world.Project, resource, 10);

        await World.UntilAsync(() => world.ChildPort(port) is not null);
        AssertOne(port);
    }

    [Test]
    public async Task Two_ports_that_changed_addresses_while_nobody_looked_get_them()
    {
        var network = world.Network();
        var (one, other) = (await world.PortAsync(network), await world.PortAsync(network));
        var (first, second) = (world.Parent.Port(one)!["fixed_ips"]!, world.Parent.Port(other)!["fixed_ips"]!);
        world.Silent = true;
        world.Parent.EditPort(one, port => port["fixed_ips"] = second.DeepClone());
        world.Parent.EditPort(other, port => port["fixed_ips"] = first.DeepClone());
        world.Silent = false;

        await world.ResyncAsync();

        await World.UntilAsync(() => AddressOf(one) == (string?)second[0]!["ip_address"] && AddressOf(other) == (string?)first[0]!["ip_address"]);

        string? AddressOf(string port) => (string?)world.ChildPort(port)!["fixed_ips"]!.AsArray().FirstOrDefault()?["ip_address"];
    }

    [Test]
    public async Task A_group_that_is_refused_keeps_nothing_else_of_a_port_that_is_there_from_the_child()
    {
        var group = world.Parent.AddSecurityGroup("web");
        var port = await world.PortAsync(world.Network(), edited => edited["security_groups"] = new JsonArray(group));
        world.Child.Neutron.SetQuota(world.Project, "security_group_rule", 0);
        world.Parent.AddRule(group, rule => (rule["protocol"], rule["port_range_min"], rule["port_range_max"]) = ("tcp", 80, 80));
        // The first look of a life, which knows of no port in the child, and those after it.
        world.Silent = true;
        world.Parent.EditPort(port, edited => edited["admin_state_up"] = false);
        world.Silent = false;
        await world.RebornAsync();
        Assert.That((bool)world.ChildPort(port)!["admin_state_up"]!, Is.False, "what is shut in the parent is shut there");
        Assert.That(Trouble(port), Does.Contain("Quota exceeded"));

        world.Parent.EditPort(port, edited => edited["name"] = "renamed");
        await world.SettleAsync();
        Assert.That((string?)world.ChildPort(port)!["name"], Is.EqualTo("renamed"));
        Assert.That(Trouble(port), Does.Contain("Quota exceeded"));

        world.Child.Neutron.SetQuota(world.Project, "security_group_rule", -1);
        await World.UntilAsync(() => Trouble(port) is null);
    }

    [Test]
    public async Task A_create_of_an_earlier_life_that_comes_through_late_is_taken_and_not_doubled()
    {
        var network = world.Network();
        var number = (int)world.Parent.Network(network)!["provider:segmentation_id"]!;
        var late = 0;
        world.Child.Arriving = request =>
        {
            if (request is { Service: "network", Method: "POST", Path: "/networks" } && late++ == 0)
            {
                world.Child.Neutron.Make("networks", world.Project, new()
                {
                    ["name"] = "tenant-net", ["description"] = $"cascade:{network}", ["provider:network_type"] = "vxlan", ["provider:segmentation_id"] = number,
                });
            }

            return Task.CompletedTask;
        };
        var port = await world.PortAsync(network);

        Assert.That(world.ChildPort(port), Is.Not.Null);
        Assert.That((int?)world.ChildNetwork(network)!["provider:segmentation_id"], Is.EqualTo(number), "one, with the parent's number");
    }

    [Test]
    public async Task An_answer_of_the_parent_that_is_lost_reserves_nothing_twice()
    {
        var lost = 0;
        world.Parent.Hold = call => call.Method == "create_dhcp_port" && lost++ == 0 ? Task.FromException(new Oslo.Messaging.Rpc.RpcTimeoutException("no answer")) : Task.CompletedTask;
        var network = world.Network();
        world.Parent.AddPort(network, World.Host);
        await World.UntilAsync(() => world.Child.Neutron.Ports.Count == 1);
        await world.SettleAsync();

        Assert.That(world.Reserved(network), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_address_that_an_orphan_of_ours_holds_is_freed()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var gone = await world.PortAsync(network);
        var address = world.Parent.Port(gone)!["fixed_ips"]!.DeepClone();

        // Nobody tells that it is gone, and the parent gives its address away.
        world.Silent = true;
        world.Parent.DeletePort(gone);
        world.Silent = false;
        var next = world.Parent.AddPort(network, World.Host, port => port["fixed_ips"] = address);
        await World.UntilAsync(() => world.ChildPort(next) is not null);

        Assert.That(world.ChildPort(gone), Is.Null);
    }

    [Test]
    public async Task An_address_that_moves_between_two_ports_moves_in_the_child()
    {
        var network = world.Network();
        var from = await world.PortAsync(network);
        var to = await world.PortAsync(network);
        var address = world.Parent.Port(from)!["fixed_ips"]!.DeepClone();
        world.Silent = true;
        world.Parent.EditPort(from, port => port["fixed_ips"] = new JsonArray());
        world.Silent = false;

        world.Parent.EditPort(to, port => port["fixed_ips"] = address.DeepClone());
        await World.UntilAsync(() => (string?)world.ChildPort(to)!["fixed_ips"]![0]!["ip_address"] == (string?)address[0]!["ip_address"]);

        Assert.That(world.ChildPort(from)!["fixed_ips"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_mac_that_the_child_drew_for_its_own_port_is_refused_and_taken_when_that_is_gone()
    {
        world.Child.Neutron.DhcpAgentsPerNetwork = 1;
        var network = world.Network();
        await world.PortAsync(network);
        var own = world.Child.Neutron.Ports.Single(seen => (string?)seen["device_owner"] == "network:dhcp");
        var port = await world.PortAsync(network, edited => edited["mac_address"] = (string?)own["mac_address"]);
        Assert.That(world.ChildPort(port), Is.Null);
        Assert.That(Trouble(port), Does.Contain($"{own["id"]}").And.Contain("network:dhcp"));

        world.Child.Neutron.Vanish("ports", (string)own["id"]!);
        await World.UntilAsync(() => world.ChildPort(port) is not null);
    }

    [Test]
    public async Task An_address_that_somebody_elses_port_holds_is_refused_and_taken_when_it_is_free()
    {
        var network = world.Network();
        await world.PortAsync(network);
        var foreign = world.Child.Neutron.Make("ports", "tenant", new()
        {
            ["network_id"] = (string)world.ChildNetwork(network)!["id"]!, ["fixed_ips"] = new JsonArray(new JsonObject { ["ip_address"] = "10.10.0.77" }),
        });
        var port = await world.PortAsync(network, edited => edited["fixed_ips"]![0]!["ip_address"] = "10.10.0.77");
        Assert.That(world.ChildPort(port), Is.Null);
        Assert.That(Trouble(port), Does.Contain($"{foreign["id"]}").And.Contain("not ours"));

        world.Child.Neutron.Vanish("ports", (string)foreign["id"]!);
        await World.UntilAsync(() => world.ChildPort(port) is not null);
    }

    [Test]
    public async Task A_quota_of_the_child_refuses_until_it_is_raised_and_stops_nobody_else()
    {
        world.Child.Neutron.SetQuota(world.Parent.ProjectId, "port", 0);
        var network = world.Network();
        var port = await world.PortAsync(network);
        var others = await world.PortAsync(network, edited => edited["project_id"] = "0ther000000000000000000000000000");

        Assert.That(world.ChildPort(port), Is.Null);
        Assert.That(Trouble(port), Does.Contain("Quota exceeded"));
        Assert.That(world.ChildPort(others), Is.Not.Null);

        world.Child.Neutron.SetQuota(world.Parent.ProjectId, "port", 10);
        await World.UntilAsync(() => world.ChildPort(port) is not null);
    }

    [Test]
    public async Task While_the_child_is_away_nothing_is_lost()
    {
        var network = world.Network();
        await world.PortAsync(network);
        world.Child.Unreachable = true;
        var made = world.Parent.AddPort(network, World.Host);
        var gone = world.Parent.AddPort(network, World.Host);
        world.Parent.DeletePort(gone);
        await World.UntilAsync(() => world.Of<MirrorAgendas>().Ports.Troubled > 0);

        world.Child.Unreachable = false;
        await World.UntilAsync(() => world.ChildPort(made) is not null);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Ports, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Messages_that_come_three_times_do_the_same_as_once()
    {
        world.Times = 3;
        var port = await MadeAsync();
        AssertOne(port);

        world.Parent.DeletePort(port);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task Messages_in_the_wrong_order_end_at_what_the_parent_says_now()
    {
        world.Keeps = true;
        var network = world.Network();
        var port = world.Parent.AddPort(network, World.Host);
        world.Parent.EditPort(port, edited => edited["name"] = "second");
        world.Parent.EditPort(port, edited => edited["name"] = "third");
        var gone = world.Parent.AddPort(network, World.Host);
        world.Parent.DeletePort(gone);

        world.TellKept(world.Kept.Reverse());
        await world.SettleAsync();
        world.TellKept(world.Kept);
        await world.SettleAsync();

        Assert.That((string?)world.ChildPort(port)!["name"], Is.EqualTo("third"));
        Assert.That(world.Child.Neutron.Ports, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Messages_that_are_lost_are_found_by_a_comparison()
    {
        var network = world.Network();
        var renamed = await world.PortAsync(network);
        var deleted = await world.PortAsync(network);
        var elsewhere = await world.PortAsync(network);
        world.Silent = true;
        var made = world.Parent.AddPort(network, World.Host);
        var apart = world.Parent.AddPort(world.Network(cidr: "10.50.0.0/24"), World.Host);
        world.Parent.EditPort(renamed, port => port["name"] = "renamed");
        world.Parent.DeletePort(deleted);
        world.Parent.BindPort(elsewhere, "cloud-b");
        world.Parent.EditNetwork(network, edited => edited["name"] = "other");
        world.Silent = false;

        await world.ResyncAsync();
        await world.SettleAsync();

        Assert.Multiple(() =>
        {
            Assert.That(world.ChildPort(made), Is.Not.Null, "made");
            Assert.That(world.ChildPort(apart), Is.Not.Null, "made with its network");
            Assert.That((string?)world.ChildPort(renamed)!["name"], Is.EqualTo("renamed"));
            Assert.That(world.ChildPort(deleted), Is.Null, "deleted");
            Assert.That(world.ChildPort(elsewhere), Is.Null, "bound elsewhere");
            Assert.That((string?)world.ChildNetwork(network)!["name"], Is.EqualTo("other"));
        });
    }

    [Test]
    public async Task One_that_cannot_be_done_stops_none_of_the_others()
    {
        var network = world.Network();
        var bad = await world.PortAsync(network, port => port["binding:vnic_type"] = "direct");
        var worse = await world.PortAsync(world.Network(edited => (edited["provider:network_type"], edited["provider:physical_network"]) = ("vlan", "nowhere"), "10.60.0.0/24"));
        var good = await world.PortAsync(network);
        await world.ResyncAsync();
        await world.SettleAsync();

        Assert.That(new[] { world.ChildPort(bad), world.ChildPort(worse) }, Is.All.Null);
        Assert.That(world.ChildPort(good), Is.Not.Null);
        Assert.That((await world.Of<Comparing.PortList>().ReadAsync(default)).Single(row => row.Uuid == bad).Note, Does.Contain("refused").And.Contain("direct"));
        Assert.That((await world.Of<Comparing.NetworkList>().ReadAsync(default)).Single(row => row.ChildId == "-").Note, Does.Contain("refused").And.Contain("nowhere"));
    }

    [Test]
    public async Task A_network_that_somebody_deleted_in_the_child_is_made_again_with_its_ports()
    {
        var network = world.Network();
        var port = await world.PortAsync(network);
        foreach (var path in new[] { "ports", "subnets", "networks" })
        {
            foreach (var one in world.Child.Neutron.All(path))
            {
                world.Child.Neutron.Vanish(path, (string)one["id"]!);
            }
        }

        var next = await world.PortAsync(network);
        await World.UntilAsync(() => world.ChildPort(next) is not null);
        await world.ResyncAsync();
        await world.SettleAsync();

        Assert.That(world.ChildPort(port), Is.Not.Null);
        Assert.That(world.Child.Neutron.Networks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_parents_server_that_fails_with_a_port_is_told_again()
    {
        var port = await world.PortAsync(world.Network());
        var failures = 1;
        world.Parent.Before = call =>
        {
            if (call.Method == "update_device_list" && failures-- > 0)
            {
                throw new Oslo.Wire.Failures.RpcFault("oslo_db.exception", "DBDeadlock", "try restarting transaction");
            }
        };
        world.Plug(port);
        await world.LookAsync();
        await world.LookAsync();

        Assert.That(world.Status(port), Is.EqualTo("ACTIVE"));
    }

    async Task<string> MadeAsync()
    {
        var port = world.Parent.AddPort(world.Network(), World.Host);
        await World.UntilAsync(() => world.ChildPort(port) is not null);
        await world.SettleAsync();
        return port;
    }

    void AssertOne(string port)
    {
        Assert.That(world.Child.Neutron.Networks, Has.Count.EqualTo(1));
        Assert.That(world.Child.Neutron.Subnets, Has.Count.EqualTo(1));
        Assert.That(world.Child.Neutron.Ports, Has.Count.EqualTo(1));
        Assert.That(world.Child.Neutron.RbacPolicies.Count(policy => (string?)policy["object_type"] == "network"), Is.EqualTo(1));
        Assert.That(world.Reserved((string)world.Parent.Port(port)!["network_id"]!), Has.Count.EqualTo(1));
    }

    static string Conflict(string type) => $$$"""{"NeutronError": {"type": "{{{type}}}", "message": "{{{type}}}.", "detail": ""}}""";

    string? Trouble(string port) => world.Of<MirrorAgendas>().Ports.TroubleOf(port);
}
