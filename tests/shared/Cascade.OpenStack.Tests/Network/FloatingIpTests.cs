using Cascade.OpenStack.Network;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class FloatingIpTests : RouterTest
{
    private Task<FloatingIp> FloatingAsync(string externalId, string? portId = null, string? address = null) =>
        Network.FloatingIps.CreateAsync(Scope.Own, new FloatingIpCreate { FloatingNetworkId = externalId, PortId = portId, Address = address }, Now);

    private async Task<(NetworkInfo Outside, Router Router, NetworkInfo Inside, Port Door, Port Port)> WorldAsync()
    {
        var (outside, _) = await OutsideAsync();
        var router = await RouterAsync(outside.Id);
        var (inside, _, door) = await InsideAsync(router.Id);
        return (outside, router, inside, door, await PortAsync(inside.Id, "10.10.0.42"));
    }

    [Test]
    public async Task Every_attribute_goes_out_in_neutrons_words_and_comes_back()
    {
        var (outside, router, _, _, port) = await WorldAsync();
        var policy = await Network.QosPolicies.CreateAsync(Scope.Own, new QosPolicyCreate { Name = "q" }, Now);

        var made = await Network.FloatingIps.CreateAsync(
            Scope.Own,
            new FloatingIpCreate
            {
                FloatingNetworkId = outside.Id, Address = "203.0.113.200", PortId = port.Id, FixedIpAddress = "10.10.0.42", ProjectId = Tenant, Description = "cascade:f", QosPolicyId = policy.Id,
            },
            Now);

        Golden.Match(
            $$$"""
            {"floatingip": {"floating_network_id": "{{{outside.Id}}}", "floating_ip_address": "203.0.113.200", "port_id": "{{{port.Id}}}", "fixed_ip_address": "10.10.0.42",
              "project_id": "{{{Tenant}}}", "description": "cascade:f", "qos_policy_id": "{{{policy.Id}}}"} }
            """,
            SentTo("POST", "/floatingips").ToJsonString());
        Assert.That(
            (made.Address, made.FixedIpAddress, made.PortId, made.RouterId, made.FloatingNetworkId, made.Status),
            Is.EqualTo(("203.0.113.200", "10.10.0.42", port.Id, router.Id, outside.Id, "DOWN")));
        Assert.That((made.ProjectId, made.Description, made.QosPolicyId, made.RevisionNumber), Is.EqualTo((Tenant, "cascade:f", policy.Id, (long?)1)));
        var seen = await Network.FloatingIps.GetAsync(Scope.Own, made.Id, Now);
        Assert.That((seen.Status, seen.RevisionNumber), Is.EqualTo(("ACTIVE", (long?)2)), "the agent came after the answer");
        Assert.That(await CodeOfAsync(() => Network.QosPolicies.DeleteAsync(Scope.Own, policy.Id, Now)), Is.EqualTo(NetworkError.QosPolicyInUse));
        var own = (await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { DeviceIds = [made.Id], DeviceOwners = ["network:floatingip"] }, Now))).Single();
        Assert.That((own.FixedIps!.Single().IpAddress, own.Status, own.ProjectId), Is.EqualTo(("203.0.113.200", "N/A", "")));
        Assert.That(await CodeOfAsync(() => Network.Ports.DeleteAsync(Scope.Own, own.Id, Now)), Is.EqualTo(NetworkError.ServicePortInUse));
    }

    [Test]
    public async Task It_is_led_elsewhere_and_nowhere()
    {
        var (outside, router, inside, door, port) = await WorldAsync();
        var made = await FloatingAsync(outside.Id);
        Assert.That((made.PortId, made.RouterId, made.Address), Is.EqualTo(((string?)null, (string?)null, "203.0.113.3")));
        Task<FloatingIp> ChangeAsync(FloatingIpUpdate changes) => Network.FloatingIps.UpdateAsync(Scope.Own, made.Id, changes, Now);

        var led = await ChangeAsync(new FloatingIpUpdate { PortId = port.Id });
        Golden.Match($$$"""{"floatingip": {"port_id": "{{{port.Id}}}"}}""", SentTo("PUT", "/floatingips/*").ToJsonString());
        Assert.That((led.PortId, led.FixedIpAddress, led.RouterId, led.Status), Is.EqualTo((port.Id, "10.10.0.42", router.Id, "DOWN")));
        Assert.That((await ChangeAsync(new FloatingIpUpdate { Description = "d" })).PortId, Is.EqualTo(port.Id), "what is not said stays");
        Assert.That(await CodeOfAsync(() => Network.Routers.RemoveInterfaceAsync(Scope.Own, router.Id, door.Id, Now)), Is.EqualTo(NetworkError.RouterInterfaceInUseByFloatingIp));
        Assert.That(
            await RefusalOfAsync(() => Network.Routers.UpdateAsync(Scope.Own, router.Id, new RouterUpdate { ExternalGatewayInfo = ExternalGatewayRequest.None }, Now)),
            Is.EqualTo((FaultKind.Conflict, (int?)409, NetworkError.GatewayInUseByFloatingIp)));
        Assert.That(await CodeOfAsync(() => FloatingAsync(outside.Id, port.Id)), Is.EqualTo(NetworkError.FloatingIpPortAlreadyAssociated));

        Assert.That((await ChangeAsync(new FloatingIpUpdate { PortId = Settable.Null })).Status, Is.EqualTo("ACTIVE"), "that of before");
        Golden.Match("""{"floatingip": {"port_id": null}}""", SentTo("PUT", "/floatingips/*").ToJsonString());
        var free = await Network.FloatingIps.GetAsync(Scope.Own, made.Id, Now);
        Assert.That((free.Status, free.RouterId, free.FixedIpAddress), Is.EqualTo(("DOWN", (string?)null, (string?)null)));

        await ChangeAsync(new FloatingIpUpdate { PortId = (await PortAsync(inside.Id)).Id });
        await ChangeAsync(new FloatingIpUpdate { PortId = port.Id, FixedIpAddress = "10.10.0.42" });
        await Network.Ports.DeleteAsync(Scope.Own, port.Id, Now);
        Assert.That((await Network.FloatingIps.GetAsync(Scope.Own, made.Id, Now)).PortId, Is.Null, "a port that goes lets go of it");
        await Network.FloatingIps.DeleteAsync(Scope.Own, made.Id, Now);
        Assert.That(await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { DeviceOwners = ["network:floatingip"] }, Now)), Is.Empty);
        Assert.That((await FaultOfAsync(() => Network.FloatingIps.DeleteAsync(Scope.Own, made.Id, Now))).Code, Is.EqualTo(NetworkError.FloatingIpNotFound));
    }

    [Test]
    public async Task What_cannot_be_is_refused_and_leaves_nothing()
    {
        var (outside, _, inside, door, port) = await WorldAsync();
        var (far, _) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = "10.66.0.0/24" });
        var lonely = await PortAsync(far.Id);
        var bare = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = inside.Id, FixedIps = [] }, Now);
        var two = await PortAsync(inside.Id, "10.10.0.50", "10.10.0.51");
        var before = Fake.Neutron.Ports.Count;
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await RefusalOfAsync(() => FloatingAsync(inside.Id)), Is.EqualTo((FaultKind.Invalid, (int?)400, NetworkError.BadRequest)));
            Assert.That(await RefusalOfAsync(() => FloatingAsync("none")), Is.EqualTo((FaultKind.NotFound, (int?)404, "NetworkNotFound")));
            Assert.That(await RefusalOfAsync(() => FloatingAsync(outside.Id, lonely.Id)), Is.EqualTo((FaultKind.NotFound, (int?)404, NetworkError.ExternalGatewayForFloatingIpNotFound)));
            Assert.That(await RefusalOfAsync(() => FloatingAsync(outside.Id, "none")), Is.EqualTo((FaultKind.NotFound, (int?)404, "PortNotFound")));
            Assert.That(await CodeOfAsync(() => FloatingAsync(outside.Id, bare.Id)), Is.EqualTo(NetworkError.BadRequest));
            Assert.That((await FaultOfAsync(() => FloatingAsync(outside.Id, two.Id))).Message, Does.Contain("has multiple fixed IPv4 addresses"));
            Assert.That(await CodeOfAsync(() => FloatingAsync(outside.Id, door.Id)), Is.EqualTo(NetworkError.BadRequest));
            Assert.That(await CodeOfAsync(() => FloatingAsync(outside.Id, address: "203.0.113.2")), Is.EqualTo(NetworkError.IpAddressAlreadyAllocated), "the gateway's");
            Assert.That(await CodeOfAsync(() => FloatingAsync(outside.Id, address: "198.51.100.7")), Is.EqualTo(NetworkError.InvalidIpForNetwork));
        });
        Assert.That((Fake.Neutron.Ports.Count, Fake.Neutron.FloatingIps.Count), Is.EqualTo((before, 0)));

        var made = await Network.FloatingIps.CreateAsync(Scope.Own, new FloatingIpCreate { FloatingNetworkId = outside.Id, PortId = two.Id, FixedIpAddress = "10.10.0.51" }, Now);
        Assert.That(made.FixedIpAddress, Is.EqualTo("10.10.0.51"));
        await Network.Quotas.UpdateAsync(Scope.Own, Tenant, new Quota { Floatingip = 0 }, Now);
        Assert.That(
            (await FaultOfAsync(() => Network.FloatingIps.CreateAsync(Scope.Own, new FloatingIpCreate { FloatingNetworkId = outside.Id, ProjectId = Tenant }, Now))).Kind, Is.EqualTo(FaultKind.OverQuota));
        var tenant = Scope.Token(Fake.Keystone.Issue("somebody", "0ther", ["member"]).Value);
        Assert.That(
            (await FaultOfAsync(() => Network.FloatingIps.CreateAsync(tenant, new FloatingIpCreate { FloatingNetworkId = outside.Id, Address = "203.0.113.99" }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
        Fake.Neutron.SwitchOff(Extension.QosFip);
        Assert.That((await FaultOfAsync(() => Network.FloatingIps.UpdateAsync(Scope.Own, made.Id, new FloatingIpUpdate { QosPolicyId = null }, Now))).Kind, Is.EqualTo(FaultKind.Invalid));
        Assert.That(port.Id, Is.Not.Empty);
    }

    [Test]
    public async Task A_test_holds_the_agent_and_makes_it_fail()
    {
        var (outside, router, _, _, port) = await WorldAsync();
        Fake.Neutron.Hold("floatingips");
        var made = await FloatingAsync(outside.Id, port.Id);
        async Task<string?> StatusAsync() => (await Network.FloatingIps.GetAsync(Scope.Own, made.Id, Now)).Status;
        Assert.That(await StatusAsync(), Is.EqualTo("DOWN"));
        Fake.Neutron.FloatingIpsBecome = "ERROR";
        Fake.Neutron.Release("floatingips");
        Assert.That(await StatusAsync(), Is.EqualTo("ERROR"));
        Fake.Neutron.SetFloatingIpStatus(made.Id, "ACTIVE");
        Assert.That(await StatusAsync(), Is.EqualTo("ACTIVE"));
        await Network.FloatingIps.UpdateAsync(Scope.Own, made.Id, new FloatingIpUpdate { Description = "again" }, Now);
        Assert.That(await StatusAsync(), Is.EqualTo("ERROR"));

        Fake.Neutron.Vanish("routers", router.Id);
        var seen = await Network.FloatingIps.GetAsync(Scope.Own, made.Id, Now);
        Assert.That((seen.RouterId, seen.PortId, seen.Status), Is.EqualTo(((string?)null, (string?)null, "DOWN")));
        Fake.Neutron.Vanish("floatingips", made.Id);
        Assert.That(Fake.Neutron.Ports.Count(one => (string?)one["device_owner"] is "network:floatingip"), Is.Zero);
    }

    [Test]
    public async Task Lists_are_filtered_and_told_by_time()
    {
        var (outside, router, _, _, port) = await WorldAsync();
        var led = await FloatingAsync(outside.Id, port.Id);
        var free = await FloatingAsync(outside.Id, address: "203.0.113.222");
        async Task<IEnumerable<string>> Found(FloatingIpFilter filter) => (await AllAsync(Network.FloatingIps.ListAsync(Scope.Own, filter, Now))).Select(one => one.Id);
        Assert.That(await Found(new FloatingIpFilter { PortIds = [port.Id] }), Is.EqualTo(new[] { led.Id }));
        Assert.That(await Found(new FloatingIpFilter { RouterIds = [router.Id], Statuses = ["ACTIVE", "ERROR"], FixedIpAddresses = ["10.10.0.42"] }), Is.EqualTo(new[] { led.Id }));
        Assert.That(await Found(new FloatingIpFilter { Addresses = ["203.0.113.222"], FloatingNetworkIds = [outside.Id] }), Is.EqualTo(new[] { free.Id }));
        Assert.That(await Found(new FloatingIpFilter { Statuses = ["DOWN"] }), Is.EqualTo(new[] { free.Id }));
        Assert.That(await Found(new FloatingIpFilter { ChangedSince = Fake.Time.GetUtcNow().AddHours(-1), Limit = 1 }), Has.Exactly(2).Items);
    }

    [TestCase("zed", TestName = "An address that a floating IP leads to: Zed lets it go")]
    [TestCase("2025.1", TestName = "An address that a floating IP leads to: 2025.1 keeps it")]
    public async Task An_address_in_use(string release)
    {
        await using var fake = await FakeCloud.StartAsync(new FakeCloudOptions { Release = release is "zed" ? FakeRelease.Zed : FakeRelease.Epoxy });
        var network = Client(OptionsFor(fake)).Network;
        var outside = await network.Networks.CreateAsync(Scope.Own, new NetworkCreate { External = true }, Now);
        await network.Subnets.CreateAsync(Scope.Own, new SubnetCreate { NetworkId = outside.Id, IpVersion = 4, Cidr = "203.0.113.0/24" }, Now);
        var inside = await network.Networks.CreateAsync(Scope.Own, new NetworkCreate(), Now);
        var subnet = await network.Subnets.CreateAsync(Scope.Own, new SubnetCreate { NetworkId = inside.Id, IpVersion = 4, Cidr = "10.10.0.0/24" }, Now);
        var router = await network.Routers.CreateAsync(Scope.Own, new RouterCreate { ExternalGatewayInfo = new(outside.Id) }, Now);
        await network.Routers.AddInterfaceAsync(Scope.Own, router.Id, (await network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = inside.Id }, Now)).Id, Now);
        var port = await network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = inside.Id }, Now);
        await network.FloatingIps.CreateAsync(Scope.Own, new FloatingIpCreate { FloatingNetworkId = outside.Id, PortId = port.Id }, Now);

        Task<Port> Move() => network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { FixedIps = [new(subnet.Id, "10.10.0.99")] }, Now);
        Assert.That(release is "zed" ? (await Move()).FixedIps!.Single().IpAddress : await CodeOfAsync(Move), Is.EqualTo(release is "zed" ? "10.10.0.99" : NetworkError.BadRequest));
    }
}
