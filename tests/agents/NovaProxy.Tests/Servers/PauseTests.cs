using Cascade.Contracts.Nova.Compute;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Pause and suspend, what ends them, and what the child's own operator does meanwhile.</summary>
public sealed class PauseTests : WorldTest
{
    [Test]
    public async Task Pause_and_unpause_end_when_the_child_is_there()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("pause");
        await vm.PauseAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/pausing/1"));
        World.Child.Nova.Release("pause");
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("paused/-/3"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=3 task_state=null vm_state=paused (\"pausing\")"));

        await vm.UnpauseAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=1 task_state=null vm_state=active (\"unpausing\")"));
        Assert.That(vm.Events.Skip(1), Is.EqualTo(new[] { "pause:compute_pause_instance=Success", "unpause:compute_unpause_instance=Success" }));
    }

    [Test]
    public async Task Suspend_remembers_what_it_found_and_resume_goes_back_to_it()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SuspendAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("suspended/-/4"), "libvirt's saved guest is off, and native writes what it sees");
        Assert.That(World.Row(vm.Uuid)["system_metadata"]!["old_vm_state"]!.ToString(), Is.EqualTo("active"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=4 system_metadata task_state=null vm_state=suspended (\"suspending\")"));

        await vm.ResumeAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Row(vm.Uuid)["system_metadata"]!.AsObject().ContainsKey("old_vm_state"), Is.False);
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=1 system_metadata task_state=null vm_state=active (\"resuming\")"));
        Assert.That(vm.Events.Skip(1), Is.EqualTo(new[] { "suspend:compute_suspend_instance=Success", "resume:compute_resume_instance=Success" }));
    }

    [TestCase("paused", 3, "active/-/3", "native ignores a guest that somebody paused, beyond its power state")]
    [TestCase("suspended", 4, "stopped/-/4", "a guest that is off is stopped, whatever the child calls it")]
    [TestCase("suspended", 7, "stopped/-/4", "a hypervisor that says suspended: native calls stop, too, and what is stopped is off")]
    public async Task What_the_childs_operator_does_to_a_running_server_shows_as_by_the_native_power_sync(string vmState, int power, string state, string because)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = (vmState, power));
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo(state), because);
    }

    [TestCase("active", 1, "paused/-/1", "running again by itself is written and no more")]
    [TestCase("stopped", 4, "stopped/-/4", "a paused guest that went off is stopped")]
    [TestCase("suspended", 4, "stopped/-/4", "as off as any other")]
    public async Task What_the_childs_operator_does_to_a_paused_server_shows_as_by_the_native_power_sync(string vmState, int power, string state, string because)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.PauseAsync();
        await World.LookAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = (vmState, power));
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo(state), because);
    }

    [TestCase("active", 1, "suspended/-/1")]
    [TestCase("stopped", 4, "suspended/-/4")]
    public async Task A_suspended_instance_stays_suspended_whatever_its_guest_does(string vmState, int power, string state)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SuspendAsync();
        await World.LookAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = (vmState, power));
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo(state));

        await vm.ResumeAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), "and resume gets it running from wherever it is");
        Assert.That(vm.Server.VmState, Is.EqualTo("active"));
    }

    [Test]
    public async Task A_stopped_instance_starts_from_wherever_its_server_is()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("suspended", 4));
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        await vm.StartAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Server.VmState, Is.EqualTo("active"));
    }

    [Test]
    public async Task A_stopped_instance_whose_server_was_paused_is_stopped_again()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("paused", 3));
        await World.LookAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(vm.Server.VmState, Is.EqualTo("stopped"));
    }

    static IEnumerable<TestCaseData> ServerRefusals()
    {
        yield return new("pause", 409, "the child's state does not allow it");
        yield return new("suspend", 500, "the child is broken");
        yield return new("suspend", 403, "the child's policy does not allow it");
        yield return new("pause", 413, "the child limits how often");
        yield return new("suspend", 404, "the child lost it between the look and the order");
    }

    [TestCaseSource(nameof(ServerRefusals))]
    public async Task A_refused_order_is_fault_and_event_and_leaves_the_instance_as_it_was(string order, int status, string because)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.On("POST", "/servers/*/action").Fail(int.MaxValue, status);
        Assert.That(() => order == "pause" ? vm.PauseAsync() : vm.SuspendAsync(), Throws.InstanceOf<Oslo.Wire.Failures.RpcFault>(), because);
        World.Child.Heal();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Fault, Does.Contain("the server in the child failed"));
        Assert.That(vm.Events[^1], Is.EqualTo($"{order}:compute_{order}_instance=Error"));
        await (order == "pause" ? vm.PauseAsync() : vm.SuspendAsync());
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo(order == "pause" ? "paused/-/3" : "suspended/-/4"), "and repeating it works");
    }

    [Test]
    public async Task A_lost_answer_is_looked_into_and_not_repeated()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("suspend");
        var lost = World.Child.On("POST", "/servers/*/action").DropAfter();
        await vm.SuspendAsync();
        World.Child.Nova.Release("suspend");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("suspended/-/4"));
        Assert.That(lost.Hits, Is.EqualTo(1));
    }

    [TestCase(true, "the child had the order")]
    [TestCase(false, "the child never heard it")]
    public async Task A_restart_in_the_middle_goes_on_from_the_row_alone(bool heard, string because)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        if (heard)
        {
            World.Child.Nova.Hold("suspend");
            await vm.SuspendAsync();
            World.Child.Nova.Release("suspend");
        }
        else
        {
            World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "suspending");
        }

        var time = await World.RebornLaterAsync();
        await World.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await World.ResumeAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("suspended/-/4"), because);
        Assert.That(World.Row(vm.Uuid)["system_metadata"]!["old_vm_state"]!.ToString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task An_order_is_not_taken_for_lost_while_messages_wait_at_the_broker()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "suspending");
        World.Server.IsLeft = true;
        var time = await World.RebornLaterAsync();
        for (var pass = 0; pass < 4; pass++)
        {
            await World.ResumeAsync();
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/suspending/1"));
        World.Server.IsLeft = false;
        await World.ResumeAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/suspending/1"), "it is waited for anew");
        time.Advance(TimeSpan.FromSeconds(30));
        await World.ResumeAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("suspended/-/4"));
    }

    [Test]
    public async Task A_second_delivery_of_what_is_done_or_undone_again_does_nothing()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.PauseAsync();
        await World.LookAsync();
        await vm.UnpauseAsync();
        await World.LookAsync();
        await World.DeliverAsync(new PauseInstance(vm.Envelope()), vm.Ask("pause"));

        Assert.That(vm.Server.VmState, Is.EqualTo("active"));
    }

    [Test]
    public async Task A_server_that_the_parent_has_locked_still_obeys_what_the_parent_lets_through()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.LockedBy = "admin");
        World.Conductor.EditInstance(vm.Uuid, row => row["locked"] = true);
        await vm.PauseAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("paused/-/3"));
    }
}
