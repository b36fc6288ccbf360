using Cascade.Agent;
using Cascade.Agent.Verbs;
using Cascade.Oslo.Wire.Failures;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>The verb <c>mirror adopt</c>.</summary>
public sealed class AdoptionTests : WorldTest
{
    [Test]
    public async Task An_instance_whose_link_is_lost_is_linked_to_the_server_with_its_stamp_and_is_watched_again()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var id = vm.Link!;
        World.Conductor.EditInstance(vm.Uuid, row => row["system_metadata"]!.AsObject().Remove("cascade_server_id"));
        await World.RebornAsync();

        Assert.That(await World.Of<IAdoption>().AdoptAsync(vm.Uuid, default), Is.EqualTo(id));

        Assert.That(vm.Link, Is.EqualTo(id));
        World.Child.Nova.Change(id, server => (server.VmState, server.PowerState) = ("stopped", 4));
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
    }

    [Test]
    public async Task A_server_with_another_stamp_is_not_adopted()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.Tags.Remove($"cascade:{vm.Uuid}"));
        World.Conductor.EditInstance(vm.Uuid, row => row["system_metadata"]!.AsObject().Remove("cascade_server_id"));
        await World.RebornAsync();

        var refused = Assert.ThrowsAsync<RpcFault>(() => World.Of<IAdoption>().AdoptAsync(vm.Uuid, default));

        Assert.That(refused.Message, Does.Contain("has no server for instance"));
        Assert.That(vm.Link, Is.Null);
    }

    [Test]
    public async Task What_is_elsewhere_or_unknown_is_refused()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["host"] = "cell-b");

        Assert.That(() => World.Of<IAdoption>().AdoptAsync(vm.Uuid, default), Throws.InstanceOf<AgentException>().With.Message.Contains("on host cell-b"));
        Assert.That(() => World.Of<IAdoption>().AdoptAsync("00000000-0000-4000-8000-000000000000", default), Throws.InstanceOf<AgentException>().With.Message.Contains("no instance"));
    }
}
