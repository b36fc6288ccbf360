using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.L3;
using Cascade.L2Proxy.Comparing;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Tests.Mirroring;
using Cascade.Mirror.Reaping;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack.Network;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Tests.Routers;

/// <summary>Ports of the parent's routers on our host: their networks come and stay, they themselves are another agent's.</summary>
public sealed class RouterPortFlowTest
{
    const string Elsewhere = "cloud-b";

    World world = null!;
    string network = null!;
    string subnet = null!;
    string router = null!;

    [SetUp]
    public async Task Begin()
    {
        world = await World.StartAsync();
        world.Parent.AddL3Agent(World.Host);
        world.Parent.AddL3Agent(Elsewhere);
        network = world.Network();
        subnet = SubnetOf(network);
        router = world.Parent.AddRouter();
    }

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_network_comes_with_the_interface_of_a_router_and_no_port_with_it()
    {
        await WireAsync();

        Assert.That(world.ChildNetwork(network), Is.Not.Null);
        Assert.That(world.Child.Neutron.Subnets.Select(seen => (string?)seen["description"]), Is.EqualTo(new[] { $"cascade:{subnet}" }));
        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(Shares(), Is.Empty, "the child's routers are ours");
        Assert.That(world.Reserved(network), Has.Count.EqualTo(1));
        Assert.That(world.Parent.CallsOf("update_device_list"), Is.Empty, "nobody but the agent of routers says that it is up");
    }

    [Test]
    public async Task It_is_not_there_while_the_router_is_nowhere()
    {
        world.Parent.AddInterface(router, subnet);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Networks, Is.Empty, "no agent has asked for it: its port is bound nowhere");
    }

    [Test]
    public async Task It_follows_the_parent_with_no_server_on_it()
    {
        await WireAsync();

        world.Parent.EditNetwork(network, edited => edited["name"] = "renamed");
        world.Parent.AddSubnet(network, "10.20.0.0/24");
        await world.SettleAsync();

        Assert.That((string?)world.ChildNetwork(network)!["name"], Is.EqualTo("renamed"));
        Assert.That(world.Child.Neutron.Subnets.Select(seen => (string?)seen["cidr"]), Is.EquivalentTo(new[] { "10.10.0.0/24", "10.20.0.0/24" }));
    }

    [Test]
    public async Task It_stays_when_the_last_server_leaves_and_goes_with_the_interface()
    {
        var server = await world.PortAsync(network);
        await WireAsync();
        var made = (string)world.ChildNetwork(network)!["id"]!;
        Assert.That(Shares(), Is.EqualTo(new[] { world.Parent.ProjectId }));

        world.Parent.DeletePort(server);
        await world.SettleAsync();
        Assert.That((string?)world.ChildNetwork(network)?["id"], Is.EqualTo(made));
        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(Shares(), Is.Empty);

        world.Parent.RemoveInterface(router, subnet);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
        Assert.That(world.Reserved(network), Is.Empty);
    }

    [Test]
    public async Task It_stays_when_the_interface_leaves_and_goes_with_the_last_server()
    {
        await WireAsync();
        var server = await world.PortAsync(network);

        world.Parent.RemoveInterface(router, subnet);
        await world.SettleAsync();
        Assert.That(world.ChildPort(server), Is.Not.Null);

        world.Parent.DeletePort(server);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task It_is_there_for_an_interface_that_comes_while_it_is_taken_away()
    {
        var server = await world.PortAsync(network);
        var ending = world.Child.On("DELETE", "/networks/*").HoldBefore();
        world.Parent.DeletePort(server);
        await ending.Arrived;

        await BindAsync(network, subnet);
        await World.UntilAsync(() => world.Of<RouterPortBook>().IsAnyOn(network));
        ending.Release();
        await world.SettleAsync();

        Assert.That(world.ChildNetwork(network), Is.Not.Null);
    }

    [Test]
    public async Task What_is_taken_away_while_a_comparison_holds_older_lists_is_not_believed_to_be_there()
    {
        await WireAsync();
        var ending = world.Child.On("DELETE", "/networks/*").HoldBefore();
        world.Parent.RemoveInterface(router, subnet);
        await ending.Arrived;
        world.Silent = true;
        await BindAsync(network, subnet);
        var groups = world.Child.On("GET", "/security-groups").HoldBefore();
        var comparing = world.ResyncAsync();
        await groups.Arrived;

        ending.Release();
        await World.UntilAsync(() => world.Of<L2Proxy.Mirroring.MirrorAgendas>().Networks.IsIdle);
        groups.Release();
        await comparing;
        await world.SettleAsync();

        Assert.That(world.ChildNetwork(network), Is.Not.Null);
    }

    [Test]
    public async Task It_goes_when_the_router_moves_to_another_host()
    {
        await WireAsync();

        world.Parent.MoveRouter(router, Elsewhere);
        await world.SettleAsync();
        Assert.That(world.ChildNetwork(network), Is.Not.Null, "its port is still bound here");

        await SyncAsync(Elsewhere);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task Of_two_interfaces_the_last_one_counts()
    {
        await WireAsync();
        var second = world.Parent.AddSubnet(network, "10.20.0.0/24");
        world.Parent.AddInterface(router, second);
        await SyncAsync();
        await world.SettleAsync();

        world.Parent.RemoveInterface(router, subnet);
        await world.SettleAsync();
        Assert.That(world.ChildNetwork(network), Is.Not.Null);

        world.Parent.RemoveInterface(router, second);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task A_restart_finds_it_as_it_shall_be_and_knows_what_keeps_it()
    {
        await WireAsync();
        world.Child.ForgetRequests();

        await world.RebornAsync();
        Assert.That(world.Writes, Is.Empty);
        Assert.That(world.ChildNetwork(network), Is.Not.Null);

        world.Parent.RemoveInterface(router, subnet);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty, "the port that is gone is told by its id alone");
    }

    [Test]
    public async Task What_came_and_what_went_while_nobody_heard_is_found_at_the_start()
    {
        await world.DieAsync();
        await BindAsync(network, subnet);
        await world.RebornAsync();
        Assert.That(world.ChildNetwork(network), Is.Not.Null);

        await world.DieAsync();
        world.Parent.RemoveInterface(router, subnet);
        await world.RebornAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
        Assert.That(world.Reserved(network), Is.Empty);
    }

    [Test]
    public async Task A_comparison_finds_what_no_notice_told()
    {
        world.Silent = true;
        await WireAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
        await world.ResyncAsync();
        await world.SettleAsync();
        var first = (string)world.ChildNetwork(network)!["id"]!;

        foreach (var path in new[] { "subnets", "networks" })
        {
            foreach (var one in world.Child.Neutron.All(path))
            {
                world.Child.Neutron.Vanish(path, (string)one["id"]!);
            }
        }

        await world.ResyncAsync();
        await world.SettleAsync();
        Assert.That((string?)world.ChildNetwork(network)?["id"], Is.Not.Null.And.Not.EqualTo(first), "somebody in the child deleted it");

        world.Parent.RemoveInterface(router, subnet);
        await world.ResyncAsync();
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task An_external_network_is_never_made_and_a_gateway_neither()
    {
        var outside = Outside();
        world.Parent.SetGateway(router, outside);
        await WireAsync();
        Assert.That(world.Parent.PortsOf(router).Select(port => (string?)world.Parent.Port(port)!["binding:host_id"]), Is.EqualTo(new[] { World.Host, World.Host }));

        // An administrator may give a router an interface there, too.
        await BindAsync(outside, SubnetOf(outside));
        await world.SettleAsync();
        await world.ResyncAsync();
        await world.SettleAsync();
        await world.RebornAsync();

        Assert.That(world.Child.Neutron.Networks.Select(seen => (string?)seen["description"]), Is.EqualTo(new[] { $"cascade:{network}" }));
        Assert.That(world.Child.Neutron.Ports, Is.Empty);
        Assert.That(world.Reserved(outside), Is.Empty);
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { (network, "linked") }));
    }

    [Test]
    public async Task A_network_that_becomes_an_external_one_goes()
    {
        await WireAsync();

        world.Parent.EditNetwork(network, edited => edited["router:external"] = true);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Networks, Is.Empty);
    }

    [Test]
    public async Task It_is_listed_as_linked_and_never_as_an_orphan()
    {
        await WireAsync();
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { (network, "linked") }));

        await world.DieAsync();
        world.Parent.RemoveInterface(router, subnet);
        Assert.That((await RowsAsync()).Single().Note, Does.StartWith("orphan"));
    }

    [Test]
    public async Task A_port_that_stands_for_it_and_has_no_owner_yet_is_left_alone_until_the_interface_is_gone()
    {
        var port = await WireAsync();
        var half = Child(port, owner: "");
        await world.LookAsync();
        await world.ResyncAsync();
        await world.SettleAsync();
        await world.RebornAsync();
        await ReapAsync();
        world.Parent.EditPort(port, edited => edited["name"] = "renamed");
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Find("ports", half), Is.Not.Null);
        Assert.That((await world.ListAsync()).Single().Note, Is.EqualTo("a router's: left to the agent of routers"));

        world.Parent.RemoveInterface(router, subnet);
        await World.UntilAsync(() => world.Child.Neutron.Networks.Count == 0);
        Assert.That(world.Child.Neutron.Ports, Is.Empty);
    }

    [Test]
    public async Task A_server_whose_address_such_a_port_holds_waits_for_it()
    {
        var port = await WireAsync();
        var half = Child(port, owner: "", address: "10.10.0.77");

        var server = await world.PortAsync(network, edited => edited["fixed_ips"]![0]!["ip_address"] = "10.10.0.77");
        Assert.That(world.ChildPort(server), Is.Null);
        Assert.That(world.Child.Neutron.Find("ports", half), Is.Not.Null);

        world.Child.Neutron.Vanish("ports", half);
        await World.UntilAsync(() => world.ChildPort(server) is not null);
    }

    [Test]
    public async Task The_network_waits_until_the_childs_router_lets_go_of_it()
    {
        var port = await WireAsync();
        var inside = Child(port, owner: "network:router_interface");

        world.Parent.RemoveInterface(router, subnet);
        await world.SettleAsync();
        Assert.That(world.Child.Neutron.Find("ports", inside), Is.Not.Null, "another agent's to take away");
        Assert.That(world.Child.Count("DELETE", "/networks"), Is.Zero, "not tried in vain");

        world.Child.Neutron.Vanish("ports", inside);
        await World.UntilAsync(() => world.Child.Neutron.Networks.Count == 0);
    }

    [Test]
    public async Task A_port_that_a_router_takes_is_no_longer_ours()
    {
        var port = await world.PortAsync(network, edited => (edited["device_owner"], edited["device_id"]) = ("", ""));
        Assert.That(world.ChildPort(port), Is.Not.Null);

        world.Parent.AddInterfaceOfPort(router, port);
        await world.SettleAsync();

        Assert.That(world.ChildPort(port), Is.Null, "the agent of routers makes its own");
        Assert.That(world.ChildNetwork(network), Is.Not.Null);
        // The network is looked at again when its port has gone, which is after the look at the port.
        await World.UntilAsync(() => !Shares().Any());
    }

    [Test]
    public async Task While_no_router_is_here_nobody_is_asked_what_is_external()
    {
        await world.PortAsync(network);
        await world.RebornAsync();
        Assert.That(world.Parent.CallsOf("get_networks"), Is.Empty);

        await WireAsync();
        var asked = world.Parent.CallsOf("get_networks").Count;
        await world.RebornAsync();
        Assert.That(world.Parent.CallsOf("get_networks"), Has.Count.EqualTo(asked + 1), "one question for all");
    }

    /// <summary>The router gets an interface, and its agent asks for it: bound here.</summary>
    async Task<string> WireAsync()
    {
        var port = await BindAsync(network, subnet);
        await world.SettleAsync();
        return port;
    }

    async Task<string> BindAsync(string on, string of)
    {
        var port = world.Parent.AddInterface(router, of);
        await SyncAsync();
        Assert.That((string?)world.Parent.Port(port)!["network_id"], Is.EqualTo(on));
        return port;
    }

    async Task SyncAsync(string host = World.Host) => await new DirectServer(new(world.Parent)).AskAsync(new SyncRouters(host, [router]), default);

    string Outside()
    {
        var outside = world.Parent.AddNetwork("outside", edited => edited["router:external"] = true);
        world.Parent.AddSubnet(outside, "203.0.113.0/24");
        return outside;
    }

    string SubnetOf(string of) => (string)world.Parent.Network(of)!["subnets"]![0]!;

    /// <summary>As the agent of routers makes it in the child.</summary>
    string Child(string port, string owner, string address = "10.10.0.1")
    {
        var inside = world.ChildNetwork(network)!;
        var of = world.Child.Neutron.Subnets.Single(seen => (string?)seen["network_id"] == (string?)inside["id"]);
        return (string)world.Child.Neutron.Make("ports", world.Project, new()
        {
            ["network_id"] = (string)inside["id"]!,
            ["description"] = $"cascade:{port}",
            ["mac_address"] = (string)world.Parent.Port(port)!["mac_address"]!,
            ["device_owner"] = owner,
            ["device_id"] = owner.Length > 0 ? Guid.NewGuid().ToString() : "",
            ["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = (string)of["id"]!, ["ip_address"] = address }),
        })["id"]!;
    }

    IEnumerable<string?> Shares() =>
        world.Child.Neutron.RbacPolicies.Where(policy => (string?)policy["object_type"] == "network").Select(policy => (string?)policy["target_tenant"]);

    async Task<IReadOnlyList<(string Uuid, string Note)>> RowsAsync() => [.. (await world.NetworksAsync()).Select(row => (row.Uuid, row.Note))];

    async Task ReapAsync()
    {
        var ports = new Reaper<Port>("ports", world.Of<PortReaper>(), TimeSpan.Zero, TimeProvider.System, world.Of<ILogger<Reaping>>());
        await ports.PassAsync(default);
        await ports.PassAsync(default);
        await world.SettleAsync();
    }
}
