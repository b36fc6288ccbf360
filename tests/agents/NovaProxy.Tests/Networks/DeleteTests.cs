using Cascade.NovaProxy.Tests.Servers;
using Cascade.NovaProxy.Networks.Plugging;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>The end of an instance with ports: the guest first, then what nova made goes and what was there is let go.</summary>
public sealed class DeleteTests : NetworksTest
{
    [Test]
    public async Task Ports_go_when_the_guest_has_gone_and_premade_ones_are_let_go()
    {
        var mine = Port(Blue);
        var vm = await ActiveAsync(On(Blue), With(mine));
        World.Child.Nova.Hold("delete");

        await vm.DeleteAsync();
        await World.LookAsync();
        Assert.That(Ports(vm), Has.Count.EqualTo(2), "the guest still runs");
        World.Child.Nova.Release("delete");
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
            Assert.That(World.Above.Neutron.Ports.Select(port => (string?)port["id"]), Is.EqualTo(new[] { mine }));
            Assert.That((string?)ParentPort(mine)["device_id"], Is.Empty);
            Assert.That((string?)ParentPort(mine)["device_owner"], Is.Empty);
            Assert.That((string?)ParentPort(mine)["binding:host_id"], Is.Empty);
            Assert.That((string?)ParentPort(mine)["dns_name"], Is.Empty);
            Assert.That(World.Conductor.Interfaces(vm.Uuid), Is.Empty);
        }
    }

    [Test]
    public async Task The_network_info_goes_after_the_ports_and_before_the_row()
    {
        var vm = await ActiveAsync(On(Blue));
        var before = World.Conductor.Calls.Count;
        var ports = -1;
        World.Conductor.Before = call =>
        {
            if (call.ObjectMethod == "InstanceInfoCache.save")
            {
                ports = World.Above.Neutron.Ports.Count;
            }
        };

        await vm.DeleteAsync();
        await World.LookAsync();

        var calls = World.Conductor.Calls.Skip(before).Select(call => call.ObjectMethod).Where(name => !name.Contains("get_", StringComparison.Ordinal)).ToList();
        Assert.That(ports, Is.Zero);
        Assert.That(calls, Is.EqualTo(new[]
        {
            "InstanceActionEvent.event_start", "VirtualInterface.delete_by_instance_uuid", "InstanceInfoCache.save", "Instance.save",
            "ConsoleAuthToken.clean_console_auths_for_instance", "Instance.destroy", "InstanceActionEvent.event_finish_with_failure",
        }));
    }

    [Test]
    public async Task A_delete_that_Neutron_refuses_is_an_error_to_see_and_can_be_done_again()
    {
        var vm = await ActiveAsync(On(Blue));
        World.Above.On("DELETE", "/ports/*").FailOnce(403, """{"NeutronError": {"type": "PolicyNotAuthorized", "message": "(rule:delete_port) is disallowed by policy", "detail": ""}}""");

        await vm.DeleteAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
        Assert.That(vm.Fault, Does.Contain("disallowed by policy"));
        await vm.DeleteAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That(World.Above.Neutron.Ports, Is.Empty);
    }

    [Test]
    public async Task A_server_that_waits_to_be_plugged_can_be_deleted()
    {
        L2.IsMute = true;
        var vm = new Wanted(World);
        await BuildAsync(vm, On(Blue));
        await World.LookAsync();

        await vm.DeleteAsync();
        await World.LookAsync();
        await World.Of<PlugWatch>().LookAsync(default);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That((World.Above.Neutron.Ports.Count, World.Of<Plugs>().Waiting.Count), Is.EqualTo((0, 0)));
    }
}
