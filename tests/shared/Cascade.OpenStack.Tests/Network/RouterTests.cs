using System.Text.Json.Nodes;
using Cascade.OpenStack.Network;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class RouterTests : RouterTest
{
    [Test]
    public async Task Every_attribute_of_a_router_goes_out_in_neutrons_words_and_comes_back()
    {
        var (outside, subnet) = await OutsideAsync();
        var policy = await Network.QosPolicies.CreateAsync(Scope.Own, new QosPolicyCreate { Name = "q" }, Now);
        var router = await Network.Routers.CreateAsync(
            Scope.Own,
            new RouterCreate
            {
                Name = "r", Description = "cascade:r", ProjectId = Tenant, AdminStateUp = true, Distributed = false, Ha = true, AvailabilityZoneHints = ["az"],
                ExternalGatewayInfo = new(outside.Id) { EnableSnat = false, ExternalFixedIps = [new(subnet.Id, "203.0.113.9")], QosPolicyId = policy.Id },
            },
            Now);

        Golden.Match(
            $$$"""
            {"router": {"name": "r", "description": "cascade:r", "project_id": "{{{Tenant}}}", "admin_state_up": true, "distributed": false, "ha": true,
              "availability_zone_hints": ["az"], "external_gateway_info": {"network_id": "{{{outside.Id}}}", "enable_snat": false,
                "external_fixed_ips": [{"subnet_id": "{{{subnet.Id}}}", "ip_address": "203.0.113.9"}], "qos_policy_id": "{{{policy.Id}}}"} } }
            """,
            SentTo("POST", "/routers").ToJsonString());
        var info = router.ExternalGatewayInfo!;
        Assert.Multiple(() =>
        {
            Assert.That((router.Name, router.ProjectId, router.Status, router.Ha, router.Distributed), Is.EqualTo(("r", Tenant, "ACTIVE", true, false)));
            Assert.That((info.NetworkId, info.EnableSnat, info.QosPolicyId), Is.EqualTo((outside.Id, false, policy.Id)));
            Assert.That(info.ExternalFixedIps, Is.EqualTo(new[] { new FixedIp(subnet.Id, "203.0.113.9") }));
            Assert.That((router.Routes, router.AvailabilityZoneHints, router.CreatedAt is not null), Is.EqualTo((Array.Empty<HostRoute>(), new[] { "az" }, true)));
        });
        Assert.That((await GatewayOfAsync(router.Id)).ProjectId, Is.Empty, "it is the cloud's own");
        Assert.That(await CodeOfAsync(() => Network.QosPolicies.DeleteAsync(Scope.Own, policy.Id, Now)), Is.EqualTo(NetworkError.QosPolicyInUse));
    }

    [Test]
    public async Task An_update_says_only_what_changes_and_none_is_a_null_that_is_said()
    {
        var (outside, _) = await OutsideAsync();
        var router = await RouterAsync(outside.Id);
        await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { Name = "new" }, Now);
        Golden.Match("""{"router": {"name": "new"}}""", SentTo("PUT", "/routers/*").ToJsonString());
        Assert.That((await Network.Routers.GetAsync(Scope.Own, router.Id, Now)).ExternalGatewayInfo!.EnableSnat, Is.True);

        var after = await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { ExternalGatewayInfo = ExternalGatewayRequest.None, Routes = [] }, Now);
        Golden.Match("""{"router": {"external_gateway_info": null, "routes": []}}""", SentTo("PUT", "/routers/*").ToJsonString());
        Assert.That((after.ExternalGatewayInfo, Fake.Neutron.Ports.Count), Is.EqualTo(((ExternalGateway?)null, 0)));
    }

    [Test]
    public async Task Lists_are_filtered_paged_and_told_by_time()
    {
        var mine = await RouterAsync(wanted: new RouterCreate { Name = "a", Description = "cascade:1", ProjectId = Tenant });
        foreach (var number in Enumerable.Range(0, 5))
        {
            await RouterAsync(wanted: new RouterCreate { Name = $"b{number}" });
        }

        Task<List<Router>> Found(RouterFilter filter) => AllAsync(Network.Routers.ListAsync(Scope.Own, filter, Now));
        Assert.That((await Found(new RouterFilter { Description = "cascade:1", ProjectId = Tenant, Name = "a", AdminStateUp = true })).Single().Id, Is.EqualTo(mine.Id));
        Assert.That(await Found(new RouterFilter { ProjectId = "nobody" }), Is.Empty);
        Fake.ForgetRequests();
        Assert.That((await Found(new RouterFilter { Limit = 4 })).Select(router => router.Id).Distinct().Count(), Is.EqualTo(6));
        Assert.That(Fake.Count("GET", "/routers"), Is.EqualTo(2));
        Assert.That(await Found(new RouterFilter { ChangedSince = Fake.Time.GetUtcNow().AddHours(-1) }), Has.Count.EqualTo(6));
        Assert.That(await Found(new RouterFilter { ChangedSince = Fake.Time.GetUtcNow().AddHours(1) }), Is.Empty);
        Assert.That(await Found(new RouterFilter { Ids = [mine.Id] }), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_create_whose_answer_is_lost_is_found_by_its_stamp_and_never_repeated()
    {
        Fake.On("POST", "/routers").DropAfter();
        var lost = await FaultOfAsync(() => RouterAsync(wanted: new RouterCreate { Description = "cascade:1" }));
        Assert.That((lost.ResultUnknown, Fake.Count("POST", "/routers")), Is.EqualTo((true, 1)));
        var found = (await AllAsync(Network.Routers.ListAsync(Scope.Own, new RouterFilter { Description = "cascade:1" }, Now))).Single();

        var (network, _) = await WithSubnetAsync();
        var port = await PortAsync(network.Id);
        Fake.On("PUT", "/routers/*/add_router_interface").DropAfter();
        Assert.That((await FaultOfAsync(() => Network.Routers.AddInterfaceAsync(Scope.Own, found.Id, port.Id, Now))).ResultUnknown, Is.True);
        Assert.That((await Network.Ports.GetAsync(Scope.Own, port.Id, Now)).DeviceId, Is.EqualTo(found.Id), "the port says that it was done");
        Assert.That(await RefusalOfAsync(() => Network.Routers.AddInterfaceAsync(Scope.Own, found.Id, port.Id, Now)), Is.EqualTo((FaultKind.Conflict, (int?)409, NetworkError.PortInUse)));

        Fake.On("PUT", "/routers/*/remove_router_interface").DropAfter();
        Assert.That(
            await RefusalOfAsync(() => Network.Routers.RemoveInterfaceAsync(Scope.Own, found.Id, port.Id, Now)),
            Is.EqualTo((FaultKind.NotFound, (int?)404, NetworkError.RouterInterfaceNotFound)),
            "the first one did it");
        Assert.That(await Network.Ports.FindAsync(Scope.Own, port.Id, Now), Is.Null);
    }

    [Test]
    public async Task A_port_becomes_the_routers_and_goes_with_its_interface()
    {
        var router = await RouterAsync();
        var (network, subnet) = await WithSubnetAsync();
        var port = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, ProjectId = Tenant, FixedIps = [new(subnet.Id, "10.10.0.1")] }, Now);

        var added = await Network.Routers.AddInterfaceAsync(Scope.Own, router.Id, port.Id, Now);

        Golden.Match($$"""{"port_id": "{{port.Id}}"}""", SentTo("PUT", "/routers/*/add_router_interface").ToJsonString());
        Assert.That((added.Id, added.PortId, added.NetworkId, added.SubnetId, added.ProjectId), Is.EqualTo((router.Id, port.Id, network.Id, subnet.Id, Tenant)));
        var seen = await Network.Ports.GetAsync(Scope.Own, port.Id, Now);
        Assert.That((seen.DeviceId, seen.DeviceOwner, seen.Status, seen.BindingHostId), Is.EqualTo((router.Id, "network:router_interface", "ACTIVE", "ctl-1")));
        Assert.That((await Network.Routers.GetAsync(Scope.Own, router.Id, Now)).RevisionNumber, Is.GreaterThan(router.RevisionNumber!.Value));
        Assert.That(await RefusalOfAsync(() => Network.Ports.DeleteAsync(Scope.Own, port.Id, Now)), Is.EqualTo((FaultKind.Conflict, (int?)409, NetworkError.ServicePortInUse)));
        Assert.That(await RefusalOfAsync(() => Network.Routers.DeleteAsync(Scope.Own, router.Id, Now)), Is.EqualTo((FaultKind.Conflict, (int?)409, NetworkError.RouterInUse)));
        Assert.That(
            await CodeOfAsync(() => Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { FixedIps = [new(subnet.Id, "10.10.0.7")] }, Now)), Is.EqualTo("IPAddressChangeNotAllowed"));
        Assert.That(await CodeOfAsync(() => Network.Subnets.UpdateAsync(Scope.Own, subnet.Id, new SubnetUpdate { GatewayIp = Settable.Null }, Now)), Is.EqualTo(NetworkError.GatewayIpInUse));

        await Network.Routers.RemoveInterfaceAsync(Scope.Own, router.Id, port.Id, Now);
        Assert.That(await Network.Ports.FindAsync(Scope.Own, port.Id, Now), Is.Null);
        await Network.Routers.DeleteAsync(Scope.Own, router.Id, Now);
    }

    [Test]
    public async Task An_interface_that_cannot_be_is_refused()
    {
        var router = await RouterAsync();
        var (network, subnet, door) = await InsideAsync(router.Id);
        async Task<(string? Code, string Words)> AddAsync(Port port)
        {
            var fault = await FaultOfAsync(() => Network.Routers.AddInterfaceAsync(Scope.Own, router.Id, port.Id, Now));
            return (fault.Code, fault.Message);
        }

        Assert.That((await AddAsync(await PortAsync(network.Id))).Words, Is.EqualTo($"Bad router request: Router already has a port on subnet {subnet.Id}."));
        var (near, _) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = "10.10.0.0/16" });
        Assert.That((await AddAsync(await PortAsync(near.Id))).Words, Does.Contain("overlaps with cidr 10.10.0.0/24"));
        var bare = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, FixedIps = [] }, Now);
        Assert.That((await AddAsync(bare)).Words, Does.Contain("Router port must have at least one fixed IP"));
        var used = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, DeviceId = "vm" }, Now);
        Assert.That((await AddAsync(used)).Code, Is.EqualTo(NetworkError.PortInUse));

        var (two, first) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = "10.20.0.0/24" });
        var second = await Network.Subnets.CreateAsync(Scope.Own, new SubnetCreate { NetworkId = two.Id, IpVersion = 4, Cidr = "10.21.0.0/24" }, Now);
        var both = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = two.Id, FixedIps = [new(first.Id, null), new(second.Id, null)] }, Now);
        Assert.That((await AddAsync(both)).Words, Does.Contain("Cannot have multiple IPv4 subnets on router port"));
        Assert.That((await Network.Ports.GetAsync(Scope.Own, both.Id, Now)).DeviceId, Is.Empty, "what is refused stays free");
        Assert.That((await FaultOfAsync(() => Network.Routers.AddInterfaceAsync(Scope.Own, router.Id, Guid.NewGuid().ToString(), Now))).Code, Is.EqualTo("PortNotFound"));
        Assert.That((await FaultOfAsync(() => Network.Routers.AddInterfaceAsync(Scope.Own, "none", door.Id, Now))).Code, Is.EqualTo(NetworkError.RouterNotFound));
    }

    [Test]
    public async Task A_way_out_is_a_port_with_the_address_asked_for()
    {
        var (outside, subnet) = await OutsideAsync();
        var router = await RouterAsync(outside.Id);
        var port = await GatewayOfAsync(router.Id);
        Assert.That((port.NetworkId, port.Status, port.FixedIps), Is.EqualTo((outside.Id, "ACTIVE", router.ExternalGatewayInfo!.ExternalFixedIps)));

        Task<Router> GatewayAsync(string networkId, string? address) => Network.Routers.UpdateAsync(
            Scope.Own, router.Id, new RouterUpdate { ExternalGatewayInfo = new(networkId) { ExternalFixedIps = address is null ? null : [new(subnet.Id, address)] } }, Now);
        var moved = await GatewayAsync(outside.Id, "203.0.113.77");
        Assert.That(moved.ExternalGatewayInfo!.ExternalFixedIps!.Single().IpAddress, Is.EqualTo("203.0.113.77"));
        Assert.That((await GatewayOfAsync(router.Id)).Id, Is.EqualTo(port.Id), "the same port with another address");
        Assert.That((await GatewayAsync(outside.Id, null)).ExternalGatewayInfo!.ExternalFixedIps!.Single().IpAddress, Is.EqualTo("203.0.113.77"), "what is not said stays");

        var (inside, _) = await WithSubnetAsync();
        await PortAsync(outside.Id, "203.0.113.78");
        Assert.That(await RefusalOfAsync(() => GatewayAsync(inside.Id, null)), Is.EqualTo((FaultKind.Invalid, (int?)400, NetworkError.BadRequest)));
        Assert.That(await RefusalOfAsync(() => GatewayAsync("none", null)), Is.EqualTo((FaultKind.NotFound, (int?)404, "NetworkNotFound")));
        Assert.That(await RefusalOfAsync(() => GatewayAsync(outside.Id, "203.0.113.78")), Is.EqualTo((FaultKind.Conflict, (int?)409, NetworkError.IpAddressAlreadyAllocated)));
        Assert.That(await CodeOfAsync(() => GatewayAsync(outside.Id, "198.51.100.1")), Is.EqualTo(NetworkError.InvalidIpForSubnet));
        Assert.That(await CodeOfAsync(() => GatewayAsync(outside.Id, "203.0.113.1")), Is.EqualTo(NetworkError.BadRequest), "the gateway of the subnet itself");
        Assert.That(await CodeOfAsync(() => RouterAsync("none")), Is.EqualTo("NetworkNotFound"));
        Assert.That(Fake.Neutron.Routers, Has.Count.EqualTo(1), "a router whose gateway is refused is not made");
        Assert.That(await CodeOfAsync(() => Network.Networks.UpdateAsync(Scope.Own, outside.Id, new NetworkUpdate { External = false }, Now)), Is.EqualTo(NetworkError.ExternalNetworkInUse));

        var (other, _) = await OutsideAsync("198.51.100.0/24");
        await GatewayAsync(other.Id, null);
        Assert.That((await GatewayOfAsync(router.Id)).Id, Is.Not.EqualTo(port.Id), "another network is another port");
        await Network.Routers.DeleteAsync(Scope.Own, router.Id, Now);
        Assert.That(await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [other.Id] }, Now)), Is.Empty);
    }

    [Test]
    public async Task Routes_lead_to_neighbours()
    {
        var (outside, _) = await OutsideAsync();
        var router = await RouterAsync();
        var (_, _, door) = await InsideAsync(router.Id);
        Task<Router> RouteAsync(string hop, ExternalGatewayRequest? gateway = null) => Network.Routers.UpdateAsync(
            Scope.Own, router.Id, new RouterUpdate { Routes = [new("192.0.2.0/24", hop)], ExternalGatewayInfo = gateway }, Now);

        Assert.That((await RouteAsync("10.10.0.9")).Routes, Is.EqualTo(new[] { new HostRoute("192.0.2.0/24", "10.10.0.9") }));
        Golden.Match("""{"router": {"routes": [{"destination": "192.0.2.0/24", "nexthop": "10.10.0.9"}]}}""", SentTo("PUT", "/routers/*").ToJsonString());
        Assert.That(await RefusalOfAsync(() => RouteAsync("10.99.0.9")), Is.EqualTo((FaultKind.Invalid, (int?)400, NetworkError.InvalidRoutes)));
        Assert.That((await FaultOfAsync(() => RouteAsync("10.10.0.1"))).Message, Does.Contain("the nexthop is used by router"));
        Assert.That(await CodeOfAsync(() => RouteAsync("203.0.113.200", new(outside.Id))), Is.EqualTo(NetworkError.InvalidRoutes), "routes are looked at before the gateway is there");
        await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { ExternalGatewayInfo = new(outside.Id) }, Now);
        await RouteAsync("203.0.113.200");
        Assert.That(
            await CodeOfAsync(() => Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { ExternalGatewayInfo = ExternalGatewayRequest.None }, Now)),
            Is.EqualTo(NetworkError.InvalidRoutes));
        await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { ExternalGatewayInfo = ExternalGatewayRequest.None, Routes = [new("192.0.2.0/24", "10.10.0.9")] }, Now);
        Assert.That(await CodeOfAsync(() => Network.Routers.RemoveInterfaceAsync(Scope.Own, router.Id, door.Id, Now)), Is.EqualTo(NetworkError.RouterInterfaceInUseByRoute));
        Fake.Neutron.MaxRoutes = 0;
        Assert.That(await CodeOfAsync(() => RouteAsync("10.10.0.9")), Is.EqualTo(NetworkError.RoutesExhausted));
    }

    [Test]
    public async Task The_agents_of_the_child_take_ports_up_and_down_after_the_answer()
    {
        Fake.Neutron.Hold("ports");
        var router = await RouterAsync();
        var (_, _, door) = await InsideAsync(router.Id);
        async Task<string?> StatusAsync() => (await Network.Ports.GetAsync(Scope.Own, door.Id, Now)).Status;
        Assert.That(await StatusAsync(), Is.EqualTo("DOWN"));
        Fake.Neutron.Release("ports");
        Assert.That(await StatusAsync(), Is.EqualTo("ACTIVE"));
        await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { AdminStateUp = false }, Now);
        Assert.That(await StatusAsync(), Is.EqualTo("DOWN"));
        Fake.Neutron.RouterPortsBecome = "ERROR";
        await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { AdminStateUp = true }, Now);
        Assert.That(await StatusAsync(), Is.EqualTo("ERROR"));
        Fake.Neutron.SetPortStatus(door.Id, "ACTIVE");
        Assert.That(await StatusAsync(), Is.EqualTo("ACTIVE"), "an agent says it once");

        Fake.Neutron.SetAgent("L3 agent", "ctl-1", alive: false);
        await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { AdminStateUp = false }, Now);
        Assert.That(await StatusAsync(), Is.EqualTo("ACTIVE"), "nobody is there to do it");
        Fake.Neutron.SetAgent("L3 agent", "ctl-1", alive: true);
        Assert.That(await StatusAsync(), Is.EqualTo("DOWN"));

        Assert.That((await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { Distributed = true }, Now)).Distributed, Is.True);
        Assert.That((await Network.Ports.GetAsync(Scope.Own, door.Id, Now)).DeviceOwner, Is.EqualTo("network:router_interface_distributed"));
        await Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { AdminStateUp = true }, Now);
        Assert.That(await CodeOfAsync(() => Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { Ha = true }, Now)), Is.EqualTo(NetworkError.BadRequest));
    }

    [Test]
    public async Task Operators_change_and_delete_and_the_rules_hold_for_one_of_them()
    {
        var (outside, subnet) = await OutsideAsync();
        var router = await RouterAsync(outside.Id);
        var (network, _, door) = await InsideAsync(router.Id);
        Fake.Neutron.Alter("routers", router.Id, new JsonObject
        {
            ["external_gateway_info"] = new JsonObject { ["network_id"] = outside.Id, ["external_fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = subnet.Id, ["ip_address"] = "203.0.113.50" }) },
        });
        Assert.That((await GatewayOfAsync(router.Id)).FixedIps!.Single().IpAddress, Is.EqualTo("203.0.113.50"));
        Fake.Neutron.RemoveInterface(router.Id, door.Id);
        Assert.That(await Network.Ports.FindAsync(Scope.Own, door.Id, Now), Is.Null);
        var again = await PortAsync(network.Id, "10.10.0.1");
        Fake.Neutron.AddInterface(router.Id, again.Id);
        Assert.That((await Network.Ports.GetAsync(Scope.Own, again.Id, Now)).DeviceId, Is.EqualTo(router.Id));

        Fake.Neutron.Vanish("routers", router.Id);
        Assert.That((await Network.Routers.FindAsync(Scope.Own, router.Id, Now), Fake.Neutron.Ports.Count), Is.EqualTo(((Router?)null, 0)));
    }

    [Test]
    public async Task Who_may_not_and_what_is_not_there()
    {
        var (outside, subnet) = await OutsideAsync();
        var tenant = Scope.Token(Fake.Keystone.Issue("somebody", Tenant, ["member"]).Value);
        var own = await Network.Routers.CreateAsync(tenant, new RouterCreate { ExternalGatewayInfo = new(outside.Id) }, Now);
        Assert.That((own.ProjectId, own.Ha, own.ExternalGatewayInfo!.NetworkId), Is.EqualTo((Tenant, (bool?)null, outside.Id)));
        Assert.That(await AllAsync(Network.Ports.ListAsync(tenant, new PortFilter { DeviceIds = [own.Id] }, Now)), Is.Empty, "the port of the gateway is nobody's");
        Assert.That((await FaultOfAsync(() => Network.Routers.CreateAsync(tenant, new RouterCreate { Ha = true }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
        Assert.That(
            (await FaultOfAsync(() => Network.Routers.CreateAsync(tenant, new RouterCreate { ExternalGatewayInfo = new(outside.Id) { ExternalFixedIps = [new(subnet.Id, "203.0.113.9")] } }, Now))).Kind,
            Is.EqualTo(FaultKind.Forbidden));
        Fake.Neutron.SetQuota(Tenant, "router", 1);
        Assert.That(await RefusalOfAsync(() => Network.Routers.CreateAsync(tenant, new RouterCreate(), Now)), Is.EqualTo((FaultKind.OverQuota, (int?)409, NetworkError.OverQuota)));

        Fake.Neutron.SwitchOff(Extension.GatewayMode, Extension.L3Ha, Extension.ExtraRoute);
        var seen = await Network.Routers.GetAsync(Scope.Own, own.Id, Now);
        Assert.That((seen.ExternalGatewayInfo!.EnableSnat, seen.Ha, seen.Routes), Is.EqualTo(((bool?)null, (bool?)null, (IReadOnlyList<HostRoute>?)null)));
        Assert.That(
            (await FaultOfAsync(() => Network.Routers.UpdateAsync(Scope.Own, own.Id, new RouterUpdate { ExternalGatewayInfo = new(outside.Id) { EnableSnat = true } }, Now))).Kind, Is.EqualTo(FaultKind.Invalid));
        Fake.Neutron.SwitchOff(Extension.Router);
        Assert.That((await FaultOfAsync(() => AllAsync(Network.Routers.ListAsync(Scope.Own, new RouterFilter(), Now)))).Kind, Is.EqualTo(FaultKind.NotFound));
        Assert.That((await FaultOfAsync(() => AllAsync(Network.FloatingIps.ListAsync(Scope.Own, new FloatingIpFilter(), Now)))).Kind, Is.EqualTo(FaultKind.NotFound));
    }
}
