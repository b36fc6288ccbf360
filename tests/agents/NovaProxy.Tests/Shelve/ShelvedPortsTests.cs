using Cascade.NovaProxy.Tests.Networks;
using Cascade.NovaProxy.Tests.Servers;

namespace Cascade.NovaProxy.Tests.Shelve;

public sealed class ShelvedPortsTests : NetworksTest
{
    [TestCase(64, true, TestName = "A parent of Zed leaves the ports bound to where they were")]
    [TestCase(68, false, TestName = "A parent of 2025.1 leaves the ports bound to nobody")]
    public async Task Ports_stay_the_instances_and_come_back_in_their_order(int parent, bool bound)
    {
        World.Conductor.ConductorVersion = parent;
        await RebornAsync();
        var mine = Port(Blue);
        var vm = await ActiveAsync(With(mine, "mgmt"), On(Blue, tag: "data"));
        var before = Ports(vm).Select(port => (string?)port["id"]).ToList();
        await vm.ShelveAsync(vm.Queue("vm1-shelved").Id);
        await World.LookAsync();
        await World.LookAsync();
        await World.CarriedAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"), vm.Fault);
        Assert.That(Ports(vm).Select(port => (string?)port["id"]), Is.EqualTo(before));
        Assert.That(Ports(vm).Select(port => (string?)port["binding:host_id"]), Is.All.EqualTo(bound ? World.Host : ""));

        await vm.UnshelveAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ports(vm).Select(port => (string?)port["id"]), Is.EqualTo(before));
            Assert.That(Ports(vm).Select(port => (string?)port["binding:host_id"]), Is.All.EqualTo(World.Host));
            Assert.That(Ports(vm).Select(port => (string?)port["device_owner"]), Is.All.EqualTo("compute:az-of-the-host"));
            Assert.That(Asked(vm).Select(nic => nic!["tag"]?.ToString()), Is.EqualTo(new[] { "mgmt", "data" }));
            Assert.That(Asked(vm).Select(nic => nic!["port"]!.ToString()), Is.EqualTo(before.Select(id => L2.Mirrored[id!])));
            Assert.That(vm.NetworkInfo.Select(vif => (bool)vif!["preserve_on_delete"]!), Is.EqualTo(new[] { true, false }));
        }
    }
}
