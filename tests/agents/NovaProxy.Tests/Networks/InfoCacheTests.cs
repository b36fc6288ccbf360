using System.Text.Json.Nodes;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Tests.Servers;

namespace Cascade.NovaProxy.Tests.Networks;

/// <summary>The network info follows the parent's Neutron: by events, and now and then by itself.</summary>
public sealed class InfoCacheTests : NetworksTest
{
    [Test]
    public async Task A_change_of_a_port_is_taken_over_when_its_event_comes()
    {
        var mine = Port(Blue);
        var vm = await ActiveAsync(On(Blue), With(mine));
        World.Above.Neutron.Change("ports", mine, port => port["fixed_ips"]!.AsArray()[0]!["ip_address"] = "10.9.0.99");

        await HappenAsync(vm, "network-changed", mine);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Address(vm, 1), Is.EqualTo("10.9.0.99"));
            Assert.That((bool)vm.NetworkInfo[1]!["preserve_on_delete"]!, Is.True);
            Assert.That((bool)vm.NetworkInfo[1]!["active"]!, Is.True);
            Assert.That(vm.NetworkInfo, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task An_event_that_changes_nothing_writes_nothing()
    {
        var vm = await ActiveAsync(On(Blue));
        await HappenAsync(vm, "network-changed", (string)Ports(vm)[0]["id"]!);
        var written = Saves();

        await HappenAsync(vm, "network-changed", (string)Ports(vm)[0]["id"]!);

        Assert.That(Saves(), Is.EqualTo(written));
    }

    [Test]
    public async Task A_port_that_is_no_longer_its_own_is_dropped_by_its_event()
    {
        var mine = Port(Blue);
        var vm = await ActiveAsync(On(Blue), With(mine));
        World.Above.Neutron.Change("ports", mine, port => port["device_id"] = "");

        await HappenAsync(vm, "network-changed", mine);

        Assert.That(vm.NetworkInfo, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Events_of_instances_that_are_not_there_harm_nobody()
    {
        var vm = await ActiveAsync(On(Blue));
        await vm.DeleteAsync();
        await World.LookAsync();

        Assert.DoesNotThrowAsync(() => HappenAsync(vm, "network-changed", "22222222-0000-4000-8000-000000000002"));
        Assert.DoesNotThrowAsync(() => HappenAsync(vm, "network-vif-deleted", "22222222-0000-4000-8000-000000000002"));
        Assert.DoesNotThrowAsync(() => HappenAsync(vm, "an-event-of-tomorrow", "x"));
    }

    [Test]
    public async Task What_no_event_told_is_healed_one_instance_after_the_other()
    {
        var first = await ActiveAsync(On(Blue), On(Blue));
        var second = await ActiveAsync(On(Blue));
        var order = first.NetworkInfo.Select(vif => vif!["id"]!.ToString()).ToList();
        foreach (var vm in new[] { first, second })
        {
            World.Conductor.EditInstance(vm.Uuid, row => row["info_cache"]!["nova_object.data"]!["network_info"] = "[]");
        }

        await World.Of<InfoCacheHealing>().PassAsync(default);
        var healed = new[] { first, second }.Count(vm => vm.NetworkInfo.Count > 0);
        await World.Of<InfoCacheHealing>().PassAsync(default);

        Assert.That(healed, Is.EqualTo(1));
        Assert.That(first.NetworkInfo.Select(vif => vif!["id"]!.ToString()), Is.EqualTo(order));
        Assert.That(second.NetworkInfo, Has.Count.EqualTo(1));
    }

    int Saves() => World.Conductor.Calls.Count(call => call.ObjectMethod == "InstanceInfoCache.save");

    static string? Address(Wanted vm, int nic) =>
        vm.NetworkInfo[nic]!["network"]!["subnets"]!.AsArray().SelectMany(subnet => subnet!["ips"]!.AsArray()).First()!["address"]!.ToString();
}
