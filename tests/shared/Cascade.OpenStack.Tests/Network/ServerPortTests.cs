using Cascade.OpenStack.Compute;
using Cascade.OpenStack.Network;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>What the fake's Nova makes of ports is what real ones do: the mirror of ports is tested on it.</summary>
[TestFixture]
public sealed class ServerPortTests : NetworkTest
{
    private async Task<string> ServerAsync(ServerNetworks networks, string name = "vm") =>
        (await Cloud.Compute.Servers.CreateAsync(Scope.Own, new ServerCreate { Name = name, FlavorRef = "1", Networks = networks }, Now)).Id;

    private async Task BecomesAsync(string id, string state) => await Fake.UntilAsync(fake => fake.Nova.Find(id)!.VmState == state && fake.Nova.Find(id)!.TaskState is null);

    [Test]
    public async Task A_given_port_goes_up_with_its_server_down_when_it_stops_and_is_let_go_when_it_is_deleted()
    {
        var (network, _) = await WithSubnetAsync();
        var port = await PortAsync(network.Id, "10.10.0.42");
        Fake.Nova.Hold("plug");
        var id = await ServerAsync(ServerNetworks.Ports([port.Id]));
        await Fake.UntilAsync(fake => fake.Nova.Find(id)!.Host is not null);
        var bound = await Network.Ports.GetAsync(Scope.Own, port.Id, Now);
        Assert.That((bound.Status, bound.DeviceId, bound.DeviceOwner, bound.BindingHostId, bound.BindingVifType), Is.EqualTo(("DOWN", id, "compute:nova", "node-1", "ovs")));
        Assert.That(Fake.Nova.Find(id)!.VmState, Is.EqualTo("building"), "a build waits for its ports");

        Fake.Nova.Release("plug");
        await BecomesAsync(id, "active");
        Assert.That((await Network.Ports.GetAsync(Scope.Own, port.Id, Now)).Status, Is.EqualTo("ACTIVE"));
        var address = (await Cloud.Compute.Servers.GetAsync(Scope.Own, id, Now)).Addresses!["net"].Single();
        Assert.That((address.Addr, address.MacAddress), Is.EqualTo(("10.10.0.42", port.MacAddress)));

        await Cloud.Compute.Servers.StopAsync(Scope.Own, id, Now);
        await BecomesAsync(id, "stopped");
        Assert.That((await Network.Ports.GetAsync(Scope.Own, port.Id, Now)).Status, Is.EqualTo("DOWN"));
        await Cloud.Compute.Servers.StartAsync(Scope.Own, id, Now);
        await BecomesAsync(id, "active");
        Assert.That((await Network.Ports.GetAsync(Scope.Own, port.Id, Now)).Status, Is.EqualTo("ACTIVE"));

        await Cloud.Compute.Servers.DeleteAsync(Scope.Own, id, Now);
        await Fake.UntilAsync(fake => fake.Nova.Find(id)!.Deleted);
        var free = await Network.Ports.GetAsync(Scope.Own, port.Id, Now);
        Assert.That((free.Status, free.DeviceId, free.DeviceOwner, free.BindingVifType), Is.EqualTo(("DOWN", "", "", "unbound")), "what nova was given it does not delete");
    }

    [Test]
    public async Task A_port_that_nova_made_goes_with_its_server()
    {
        var (network, _) = await WithSubnetAsync();
        var id = await ServerAsync(ServerNetworks.Of(new ServerNetwork { Uuid = network.Id, FixedIp = "10.10.0.50" }));
        await BecomesAsync(id, "active");
        Assert.That((await AllAsync(Network.PortsAsync(Scope.Own, id, Now))).Single().FixedIps!.Single().IpAddress, Is.EqualTo("10.10.0.50"));
        await Cloud.Compute.Servers.DeleteAsync(Scope.Own, id, Now);
        await Fake.UntilAsync(fake => fake.Nova.Find(id)!.Deleted);
        Assert.That(Fake.Neutron.Ports, Is.Empty);
    }

    [Test]
    public async Task What_cannot_be_used_is_refused_or_fails_the_build()
    {
        var (network, _) = await WithSubnetAsync();
        var used = await PortAsync(network.Id);
        var foreign = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, ProjectId = Tenant }, Now);
        var named = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, DnsName = "other" }, Now);
        await BecomesAsync(await ServerAsync(ServerNetworks.Ports([used.Id])), "active");

        Assert.That((await FaultOfAsync(() => ServerAsync(ServerNetworks.Ports([used.Id])))).Kind, Is.EqualTo(FaultKind.Conflict));
        Assert.That((await FaultOfAsync(() => ServerAsync(ServerNetworks.Ports(["none"])))).Kind, Is.EqualTo(FaultKind.Invalid));
        foreach (var port in new[] { foreign, named })
        {
            var id = await ServerAsync(ServerNetworks.Ports([port.Id]));
            await BecomesAsync(id, "error");
            Assert.That((await Cloud.Compute.Servers.GetAsync(Scope.Own, id, Now)).Fault!.Message, Does.Contain($"Port {port.Id} not usable"));
        }

        Fake.Neutron.SetAgent("Open vSwitch agent", "node-1", alive: false);
        var free = await PortAsync(network.Id);
        var failing = await ServerAsync(ServerNetworks.Ports([free.Id]));
        await BecomesAsync(failing, "error");
        Assert.That((await Network.Ports.GetAsync(Scope.Own, free.Id, Now)).DeviceId, Is.Empty, "a failed build lets its ports go");
    }

    [Test]
    public async Task An_addressless_dhcp_is_served_from_the_pools_only()
    {
        Fake.Neutron.DhcpAgentsPerNetwork = 1;
        var (network, subnet) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = "10.10.0.0/24", AllocationPools = [new("10.10.0.2", "10.10.0.2")] });
        var dhcp = (await AllAsync(Network.Ports.ListAsync(Scope.Own, new PortFilter { DeviceOwners = ["network:dhcp"] }, Now))).Single();
        Assert.That((dhcp.FixedIps!.Single(), dhcp.Status), Is.EqualTo((new FixedIp(subnet.Id, "10.10.0.2"), "ACTIVE")));
        await Network.Networks.DeleteAsync(Scope.Own, network.Id, Now);
        Assert.That((Fake.Neutron.Ports.Count, Fake.Neutron.Subnets.Count), Is.EqualTo((0, 0)), "its own ports do not hold a network");
    }
}
