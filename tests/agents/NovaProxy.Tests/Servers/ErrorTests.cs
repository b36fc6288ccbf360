namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>A server that falls into error in the child by itself, or by its operator's word.</summary>
public sealed class ErrorTests : WorldTest
{
    [Test]
    public async Task An_error_of_the_child_is_the_instances_with_the_childs_words_and_once()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Fail(vm.Link!, "the host died");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/1"));
        Assert.That(vm.Fault, Does.Contain("the host died"));
        await World.RebornAsync();
        await World.LookAsync();
        Assert.That(World.Conductor.Faults(vm.Uuid), Has.Count.EqualTo(1), "said once");
    }

    [TestCase("active", 1, "active/-/1")]
    [TestCase("stopped", 4, "stopped/-/4")]
    public async Task A_child_that_is_well_again_takes_its_error_back(string vmState, int power, string state)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Fail(vm.Link!, "the host died");
        await World.LookAsync();
        await World.RebornAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = (vmState, power));
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo(state));
        Assert.That(World.Row(vm.Uuid)["system_metadata"]!.AsObject().ContainsKey("cascade_before_error"), Is.False);
    }

    [Test]
    public async Task What_the_parents_operator_makes_of_the_error_is_not_undone()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Fail(vm.Link!, "the host died");
        await World.LookAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["vm_state"] = "active");
        await World.RebornAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task An_error_that_the_parent_gave_is_never_taken_back_by_the_child()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["vm_state"] = "error");
        World.Child.Nova.Change(vm.Link!, server => server.Name = "touched");
        await World.RebornAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/1"));
    }

    [Test]
    public async Task A_hard_reboot_leads_out_of_it_as_in_native()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Fail(vm.Link!, "the host died");
        await World.LookAsync();
        await vm.RebootAsync(hard: true);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Events[^1], Is.EqualTo("reboot:compute_reboot_instance=Success"));
    }

    [Test]
    public async Task A_fresh_intent_is_not_overwritten_by_an_error()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Fail(vm.Link!, "the host died");
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "rebuilding");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/rebuilding/1"));
    }
}
