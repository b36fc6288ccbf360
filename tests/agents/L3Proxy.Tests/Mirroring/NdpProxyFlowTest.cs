using System.Text.Json.Nodes;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>Routers that answer outside for IPv6 addresses inside, from end to end.</summary>
public sealed class NdpProxyFlowTest : WorldTest
{
    const string Six = "2001:db8:1::/64";
    const string SixOutside = "2001:db8:f::/64";

    string network = "";
    string subnet = "";

    [SetUp]
    public void Wire()
    {
        world.Parent.AddSubnet(world.Outside, SixOutside);
        world.Child.Neutron.Make("subnets", "operator", new() { ["network_id"] = world.ChildOutside, ["cidr"] = SixOutside, ["ip_version"] = 6, ["enable_dhcp"] = false });
        (network, subnet) = world.AddInside(Six);
        Scope(world.ChildOutside, "scope");
        Scope(world.ChildNetwork(network), "scope");
    }

    [Test]
    public async Task They_come_and_go()
    {
        var router = await RouterAsync();
        var (first, second) = (world.AddServer(network), world.AddServer(network));
        var proxy = world.Parent.AddNdpProxy(router, first, AddressOf(first));
        world.Parent.AddNdpProxy(router, second, AddressOf(second));
        await world.SettleAsync();
        Assert.That(Answers(router), Is.True);
        Assert.That(Proxies(router), Is.EquivalentTo(new[] { Line(first), Line(second) }));

        world.Parent.DeleteNdpProxy(proxy);
        await world.SettleAsync();
        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(second) }));
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task A_router_that_answers_no_longer_answers_for_nothing_and_comes_back()
    {
        var (router, server) = await AnsweringAsync();

        world.Parent.EditRouter(router, of => of["enable_ndp_proxy"] = false);
        await world.SettleAsync();
        Assert.That(Answers(router), Is.False);
        Assert.That(Proxies(router), Is.Empty);

        world.Parent.EditRouter(router, of => of["enable_ndp_proxy"] = true);
        await world.SettleAsync();
        Assert.That(Answers(router), Is.True);
        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(server) }));
    }

    [Test]
    public async Task No_change_turns_on_what_the_parent_has_off_and_nobody_is_asked_for_it()
    {
        var router = await RouterAsync(answers: false);
        world.Parent.EditRouter(router, of => of["name"] = "renamed");
        world.Parent.SetRoutes(router, ("2001:db8:9::/64", "2001:db8:1::77"));
        await world.SettleAsync();
        world.Parent.SetGateway(router, world.Outside, enableSnat: false);
        await world.SettleAsync();
        world.Parent.SetAdminState(router, up: false);
        await world.SettleAsync();

        Assert.That((string?)world.ChildRouter(router)!["name"], Is.EqualTo("renamed"));
        Assert.That(Answers(router), Is.False, "the child turns it on by every change that does not say it");
        Assert.That(world.Parent.CallsOf("bulk_pull").Where(call => call.Text("resource_type") == "NDPProxy"), Is.Empty);
        Assert.That(world.Child.Requests.Where(request => request.Path.EndsWith("/ndp_proxies", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task What_changes_on_a_router_that_answers_lets_it_answer_on()
    {
        var (router, server) = await AnsweringAsync();

        world.Parent.EditRouter(router, of => of["name"] = "renamed");
        world.Parent.SetRoutes(router, ("2001:db8:9::/64", "2001:db8:1::77"));
        world.Parent.SetGateway(router, world.Outside, enableSnat: false);
        await world.SettleAsync();

        Assert.That(Answers(router), Is.True);
        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(server) }));
        Assert.That(Said(), Has.None.EqualTo(false), "it answered all the while");
    }

    [Test]
    public async Task An_operator_of_the_child_who_turned_it_on_or_off_or_took_one_away_is_put_right()
    {
        var (router, _) = await AnsweringAsync();
        var other = await RouterAsync(answers: false, inside: false);
        var (before, beside) = (world.Picture(router), world.Picture(other));

        world.Child.Neutron.Vanish("ndp_proxies", (string)world.Child.Neutron.NdpProxies.Single()["id"]!);
        world.Child.Neutron.Alter("routers", ChildId(other), new() { ["name"] = "router" });
        Assert.That(Answers(other), Is.True, "by silence");
        await world.CompareAsync();
        Assert.That((world.Picture(router), world.Picture(other)), Is.EqualTo((before, beside)));

        world.Child.Neutron.Alter("routers", ChildId(router), new() { ["enable_ndp_proxy"] = false });
        await world.CompareAsync();
        Assert.That(world.Picture(router), Is.EqualTo(before));

        var extra = world.AddServer(network);
        world.Child.Neutron.Make("ndp_proxies", world.Project, new() { ["router_id"] = ChildId(router), ["port_id"] = (string)world.ChildPort(extra)!["id"]! });
        await world.CompareAsync();
        Assert.That(world.Picture(router), Is.EqualTo(before));
    }

    [Test]
    public async Task A_child_that_cannot_says_so_and_has_the_rest()
    {
        world.Child.Neutron.SwitchOff("l3-ndp-proxy", "l3-ext-ndp-proxy");
        await world.RebornAsync();
        var (router, _) = await AnsweringAsync(settled: false);

        Assert.That(world.ChildGateway(router), Has.Count.EqualTo(2));
        Assert.That(world.ChildInterfaces(router), Has.Count.EqualTo(1));
        Assert.That(world.Trouble(router), Does.Contain("l3-ndp-proxy"));
        Assert.That(world.Child.Requests.Where(request => request.Path.EndsWith("/ndp_proxies", StringComparison.Ordinal)), Is.Empty);

        await world.CompareAsync();
        Assert.That(world.Trouble(router), Does.Contain("l3-ndp-proxy"));
    }

    [Test]
    public async Task A_restart_makes_nothing_twice()
    {
        var (router, _) = await AnsweringAsync();
        await World.UntilAsync(() => world.Parent.PortsOf(router).All(port => world.PortStatus(port) == "ACTIVE"));
        await world.SettleAsync();
        var before = world.Picture(router);
        world.Child.ForgetRequests();

        await world.RebornAsync();

        Assert.That(world.Writes.Select(request => $"{request.Method} {request.Path}"), Is.Empty);
        Assert.That(world.Picture(router), Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_made_while_its_answer_is_lost_is_there_once()
    {
        world.Child.On("POST", "/ndp_proxies").DropAfter();
        var (router, server) = await AnsweringAsync(settled: false);

        await World.UntilAsync(() => world.Trouble(router).Length == 0 && Proxies(router).Any());
        await world.SettleAsync();

        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(server) }));
    }

    [Test]
    public async Task What_changed_in_the_parent_while_nobody_heard_is_done_at_the_start()
    {
        var (router, server) = await AnsweringAsync();
        var second = world.AddServer(network);
        await world.DieAsync();
        world.Parent.AddNdpProxy(router, second, AddressOf(second));

        await world.RebornAsync();

        Assert.That(Proxies(router), Is.EquivalentTo(new[] { Line(server), Line(second) }));
    }

    [Test]
    public async Task One_whose_port_is_not_there_yet_waits_for_it()
    {
        var router = await RouterAsync();
        var server = world.AddServer(network, mirrored: false);
        world.Parent.AddNdpProxy(router, server, AddressOf(server));
        await World.UntilAsync(() => world.Trouble(router).Contains(server, StringComparison.Ordinal));

        world.Plug(server);
        await World.UntilAsync(() => Proxies(router).Any());

        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(server) }));
    }

    [Test]
    public async Task One_whose_port_is_on_another_host_is_refused_and_the_others_come()
    {
        var router = await RouterAsync();
        var (here, there) = (world.AddServer(network), world.AddServer(network, World.There));
        world.Parent.AddNdpProxy(router, there, AddressOf(there));
        world.Parent.AddNdpProxy(router, here, AddressOf(here));
        await world.SettleAsync();

        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(here) }));
        Assert.That(world.Trouble(router), Does.Contain(there).And.Contain(World.There));
    }

    [TestCase(true, "address scope")]
    [TestCase(false, "ndp proxy on router")]
    public async Task A_child_whose_networks_are_of_other_scopes_says_so(bool outside, string why)
    {
        Scope(world.ChildNetwork(network), "");
        if (!outside)
        {
            Scope(world.ChildOutside, "");
        }

        var (router, _) = await AnsweringAsync(settled: false);

        Assert.That(Proxies(router), Is.Empty);
        Assert.That(Answers(router), Is.EqualTo(outside));
        Assert.That(world.Trouble(router), Does.Contain(why));
    }

    [Test]
    public async Task They_go_with_the_interface_and_the_gateway_and_come_back()
    {
        var (router, server) = await AnsweringAsync();

        world.Silent = true;
        world.Parent.RemoveInterface(router, subnet);
        world.Silent = false;
        var again = world.Parent.AddInterface(router, subnet);
        await World.UntilAsync(() => world.PortStatus(again) == "ACTIVE");
        await world.SettleAsync();
        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(server) }), "the interface is another one");

        var (elsewhere, _) = Elsewhere();
        world.Parent.SetGateway(router, elsewhere);
        await world.SettleAsync();
        Assert.That((string?)world.ChildRouter(router)!["external_gateway_info"]!["network_id"], Is.EqualTo(world.External[elsewhere]));
        Assert.That(Answers(router), Is.True);
        Assert.That(Proxies(router), Is.EqualTo(new[] { Line(server) }), "the gateway is another one");
        Assert.That(world.Trouble(router), Is.Empty);
    }

    [Test]
    public async Task A_router_that_goes_to_another_host_leaves_nothing()
    {
        var (router, _) = await AnsweringAsync();

        world.Parent.MoveRouter(router, World.There);
        await world.SettleAsync();

        Assert.That(world.Child.Neutron.Routers, Is.Empty);
        Assert.That(world.Child.Neutron.NdpProxies, Is.Empty);
    }

    [Test]
    public async Task What_answers_behind_a_gateway_that_is_declared_no_longer_goes_on()
    {
        var (router, _) = await AnsweringAsync();
        var before = world.Picture(router);
        world.External.Clear();

        await world.RebornAsync();

        Assert.That(world.Trouble(router), Is.Not.Empty);
        Assert.That(world.Picture(router), Is.EqualTo(before));
    }

    async Task<string> RouterAsync(bool answers = true, bool inside = true)
    {
        var router = world.Parent.AddRouter(edit: of => of["enable_ndp_proxy"] = answers);
        world.Parent.MoveRouter(router, World.Here);
        world.Parent.SetGateway(router, world.Outside);
        if (inside)
        {
            world.Parent.AddInterface(router, subnet);
        }

        await world.SettleAsync();
        return router;
    }

    /// <summary>A router that answers for a server.</summary>
    async Task<(string Router, string Server)> AnsweringAsync(bool settled = true)
    {
        var router = await RouterAsync();
        var server = world.AddServer(network);
        world.Parent.AddNdpProxy(router, server, AddressOf(server));
        await world.SettleAsync();
        if (settled)
        {
            Assert.That(Proxies(router), Is.EqualTo(new[] { Line(server) }), world.Trouble(router));
        }

        return (router, server);
    }

    (string Parent, string Child) Elsewhere()
    {
        const string There = "2001:db8:e::/64";
        var (parent, child) = world.AddOutside("198.51.100.0/24");
        world.Parent.AddSubnet(parent, There);
        world.Child.Neutron.Make("subnets", "operator", new() { ["network_id"] = child, ["cidr"] = There, ["ip_version"] = 6, ["enable_dhcp"] = false });
        Scope(child, "scope");
        return (parent, child);
    }

    void Scope(string childNetwork, string scope) => world.Child.Neutron.Change("networks", childNetwork, members => members["ipv6_address_scope"] = scope);

    string AddressOf(string port) => World.Addresses(world.Parent.Port(port)).Single();

    string Line(string port) => $"{AddressOf(port)} of {world.ChildPort(port)!["id"]}";

    string ChildId(string router) => (string)world.ChildRouter(router)!["id"]!;

    bool? Answers(string router) => (bool?)world.ChildRouter(router)!["enable_ndp_proxy"];

    IEnumerable<string> Proxies(string router) =>
        world.Child.Neutron.NdpProxies.Where(proxy => (string?)proxy["router_id"] == ChildId(router)).Select(proxy => $"{proxy["ip_address"]} of {proxy["port_id"]}");

    /// <summary>What was said of it since it was turned on.</summary>
    IEnumerable<bool?> Said() => world.Writes
        .Where(request => request.Method == "PUT" && request.Path.Contains("/routers/", StringComparison.Ordinal))
        .Select(request => (bool?)JsonNode.Parse(request.Body)?["router"]?["enable_ndp_proxy"])
        .SkipWhile(said => said is not true);
}
