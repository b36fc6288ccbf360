using System.Text.Json.Nodes;
using Cascade.NovaProxy.Tests.Servers;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>What goes wrong with networks, in nova's classes and with nova's ends: handed back, or an error. Nothing is left either way.</summary>
public sealed class FailureTests : NetworksTest
{
    [Test]
    public async Task A_port_in_use_is_handed_back_and_stays_whose_it_is()
    {
        var mine = Port(Blue, port => (port["device_id"], port["device_owner"]) = ("22222222-0000-4000-8000-000000000002", "compute:nova"));
        var vm = new Wanted(World);

        await BuildAsync(vm, On(Blue), With(mine));

        ExpectHandedBack(vm, $"Port {mine} is still in use.");
        Assert.That((string?)ParentPort(mine)["device_id"], Is.EqualTo("22222222-0000-4000-8000-000000000002"));
        Assert.That(World.Above.Neutron.Ports, Has.Count.EqualTo(1));
    }

    [TestCase("OverQuota", "Maximum number of ports exceeded", TestName = "The quota of ports is handed back")]
    [TestCase("IpAddressAlreadyAllocated", "Fixed IP 10.9.0.77 is already in use.", TestName = "An address in use is handed back")]
    public async Task What_another_host_may_do_better_is_handed_back(string why, string words)
    {
        if (why == "OverQuota")
        {
            World.Above.Neutron.SetQuota(World.Project, "port", 1);
        }
        else
        {
            Port(Blue, port => port["fixed_ips"] = new JsonArray(new JsonObject { ["ip_address"] = "10.9.0.77" }));
        }

        var before = World.Above.Neutron.Ports.Count;
        var vm = new Wanted(World);
        await BuildAsync(vm, On(Blue), On(Blue, "10.9.0.77"));

        ExpectHandedBack(vm, words);
        Assert.That(World.Above.Neutron.Ports, Has.Count.EqualTo(before), "the first port was made and is deleted again");
    }

    [Test]
    public async Task A_binding_that_fails_is_handed_back_and_the_port_of_the_tenant_is_let_go()
    {
        World.Above.Neutron.SetAgent("Open vSwitch agent", World.Host, alive: false);
        var mine = Port(Blue);
        var vm = new Wanted(World);

        await BuildAsync(vm, With(mine), On(Blue));

        ExpectHandedBack(vm, $"Binding failed for port {mine}, please check neutron logs for more information.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.Above.Neutron.Ports, Has.Count.EqualTo(1));
            Assert.That((string?)ParentPort(mine)["device_id"], Is.Empty);
            Assert.That((string?)ParentPort(mine)["binding:host_id"], Is.Empty);
            Assert.That(World.Conductor.Interfaces(vm.Uuid), Is.Empty);
        }
    }

    [Test]
    public async Task Without_retry_the_reason_is_the_fault()
    {
        World.Above.Neutron.SetQuota(World.Project, "port", 0);
        var vm = new Wanted(World);

        await vm.BuildAsync(call => (call["requested_networks"], call["filter_properties"]) = (Nics(On(Blue)), new JsonObject()));

        Assert.That((World.State(vm.Uuid), vm.Fault), Is.EqualTo(("error/-/0", "Maximum number of ports exceeded")));
    }

    [Test]
    public async Task No_more_addresses_end_the_build_for_every_host()
    {
        var tiny = Network("tiny", "10.11.0.0/30");
        Port(tiny);
        var vm = new Wanted(World);

        await BuildAsync(vm, On(Blue), On(tiny));

        ExpectError(vm, $"Build of instance {vm.Uuid} aborted: Failed to allocate the network(s) with error No fixed IP addresses available for network: {tiny}, not rescheduling.");
        Assert.That(World.Above.Neutron.Ports, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_address_outside_the_network_ends_the_build()
    {
        var vm = new Wanted(World);

        await BuildAsync(vm, On(Blue, "203.0.113.9"));

        ExpectError(vm, $"Build of instance {vm.Uuid} aborted: Invalid input received: Fixed IP 203.0.113.9 is not a valid ip address for network {Blue}.");
    }

    [Test]
    public async Task A_network_that_the_tenant_does_not_see_is_none()
    {
        var theirs = (string)World.Above.Neutron.Make("networks", "p2", new() { ["name"] = "theirs" })["id"]!;
        var vm = new Wanted(World);

        await BuildAsync(vm, On(theirs));

        ExpectHandedBack(vm, $"Network {theirs} could not be found.");
    }

    [Test]
    public async Task A_port_of_another_project_is_not_usable()
    {
        World.Above.Neutron.Make("rbac-policies", World.Project, new() { ["object_type"] = "network", ["object_id"] = Blue, ["action"] = "access_as_shared", ["target_tenant"] = "p2" });
        var theirs = (string)World.Above.Neutron.Make("ports", "p2", new() { ["network_id"] = Blue })["id"]!;
        var vm = new Wanted(World);

        await BuildAsync(vm, With(theirs));

        ExpectHandedBack(vm, $"Port {theirs} not usable for instance {vm.Uuid}.");
    }

    [Test]
    public async Task Two_networks_and_nothing_said_is_ambiguous()
    {
        Network("green", "10.10.0.0/24");
        var vm = new Wanted(World);

        await vm.BuildAsync(call => call["requested_networks"] = null);

        ExpectHandedBack(vm, "Multiple possible networks found, use a Network ID to be more specific.");
    }

    [Test]
    public async Task A_group_that_is_not_there_is_named()
    {
        var vm = new Wanted(World);

        await vm.BuildAsync(call => (call["requested_networks"], call["security_groups"]) = (Nics(On(Blue)), new JsonArray("nosuch")));

        ExpectHandedBack(vm, "Security group nosuch not found.");
    }

    [Test]
    public async Task A_child_that_refuses_the_server_frees_the_ports()
    {
        World.Child.Nova.MaxInstances = 0;
        var mine = Port(Blue);
        var vm = new Wanted(World);

        await BuildAsync(vm, On(Blue), With(mine));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.Conductor.Rescheduled, Has.Count.EqualTo(1));
            Assert.That(World.Above.Neutron.Ports.Select(port => (string?)port["id"]), Is.EqualTo(new[] { mine }));
            Assert.That((string?)ParentPort(mine)["device_id"], Is.Empty);
            Assert.That(vm.NetworkInfo, Is.Empty);
        }
    }

    void ExpectHandedBack(Wanted vm, string reason)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.Conductor.Rescheduled.Select(cast => cast["filter_properties"]!["retry"]!["exc_reason"]!.ToString()), Is.EqualTo(new[] { reason }));
            Assert.That(World.Row(vm.Uuid)["task_state"]!.ToString(), Is.EqualTo("scheduling"));
            Assert.That(World.Row(vm.Uuid)["host"], Is.Null);
            Assert.That(World.Above.Placement.Consumers, Is.Empty);
            Assert.That(vm.NetworkInfo, Is.Empty);
            Assert.That(Ports(vm), Is.Empty);
            Assert.That(World.Child.Nova.Made, Is.Zero);
        }
    }

    void ExpectError(Wanted vm, string fault)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(vm.Fault, Is.EqualTo(fault));
            Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
            Assert.That(World.Conductor.Rescheduled, Is.Empty);
            Assert.That(Ports(vm), Is.Empty);
            Assert.That(World.Child.Nova.Made, Is.Zero);
        }
    }
}
