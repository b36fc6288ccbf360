using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Mirror.Watching;

namespace Cascade.NovaProxy.Tests.Servers;

public sealed class PowerTests : WorldTest
{
    [Test]
    public async Task Stop_and_start_end_when_the_child_is_there()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("stop");
        await vm.StopAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/powering-off/1"));
        World.Child.Nova.Release("stop");
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=4 task_state=null vm_state=stopped (\"powering-off\")"));

        await vm.StartAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=1 task_state=null vm_state=active (\"powering-on\")"));
        Assert.That(vm.Events.Skip(1), Is.EqualTo(new[] { "stop:compute_stop_instance=Success", "start:compute_start_instance=Success" }));
    }

    [TestCase(false, "reboot_pending", "reboot_started", "rebooting")]
    [TestCase(true, "reboot_pending_hard", "reboot_started_hard", "rebooting_hard")]
    public async Task A_reboot_goes_through_novas_chain(bool hard, string pending, string started, string asked)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("reboot");
        await vm.RebootAsync(hard);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo($"active/{started}/1"), "the guest that still looks active is the one before the reboot");
        World.Child.Nova.Release("reboot");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Saves(vm.Uuid).TakeLast(3), Is.EqualTo(new[]
        {
            $"power_state=1 task_state={pending} ([\"{asked}\",\"{pending}\",\"{started}\"])",
            $"task_state={started} (\"{pending}\")",
            "power_state=1 task_state=null vm_state=active",
        }));
        Assert.That(vm.Events[^1], Is.EqualTo("reboot:compute_reboot_instance=Success"));
    }

    [Test]
    public async Task An_order_that_hung_until_an_operator_set_the_state_does_not_answer_for_the_next_one()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("stop");
        await vm.StopAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = null);
        World.Child.Nova.Change(vm.Link!, server => server.TaskState = null);
        await World.LookAsync();

        // The API has written the next one and it is not given yet.
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "powering-off");
        World.Of<Expectations>().Expect(vm.Link!);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/powering-off/1"), vm.Fault);
        World.Child.Nova.Release("stop");
        await vm.StopAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
    }

    [Test]
    public async Task A_child_that_is_stopped_already_is_success()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("stopped", 4));
        await vm.StopAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(vm.Events[^1], Is.EqualTo("stop:compute_stop_instance=Success"));
    }

    [Test]
    public async Task A_refusal_of_the_child_is_fault_and_event_and_takes_the_task_state_back()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.On("POST", "/servers/*/action").Fail(int.MaxValue, 409, "Instance is locked");
        Assert.That(async () => await vm.StopAsync(), Throws.InstanceOf<Oslo.Wire.Failures.RpcFault>());

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Fault, Does.Contain("Instance is locked"));
        Assert.That(vm.Events[^1], Is.EqualTo("stop:compute_stop_instance=Error"));
    }

    [Test]
    public async Task An_order_that_the_child_took_and_did_not_carry_out_fails()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("stop");
        await vm.StopAsync();
        World.Child.Nova.Change(vm.Link!, server => server.TaskState = null);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Fault, Does.Contain("the child took the order to stop"));
    }

    [Test]
    public async Task A_second_delivery_of_a_stop_that_is_done_does_nothing()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();
        var said = World.Conductor.Calls.Count;
        await World.DeliverAsync(new StopInstance(vm.Envelope(), true), vm.Ask("stop"));

        Assert.That(World.Conductor.Calls.Skip(said).Select(call => call.ObjectMethod), Is.EqualTo(new[] { "Instance.get_by_uuid" }));
    }

    [Test]
    public async Task A_child_stopped_behind_the_parents_back_is_stopped_as_the_native_power_sync_stops_it()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("stopped", 4));
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
            Assert.That(World.Saves(vm.Uuid).TakeLast(3), Is.EqualTo(new[]
            {
                "power_state=4",
                "progress=0 task_state=powering-off ([null])",
                "power_state=4 task_state=null vm_state=stopped ([\"powering-off\",null])",
            }));
            Assert.That(World.Conductor.Actions(vm.Uuid)[^1], Has.Property("Action").EqualTo("stop").And.Property("UserId").Null);
            Assert.That(vm.Events[^1], Is.EqualTo("stop:compute_stop_instance=Success"));
        }
    }

    [Test]
    public async Task A_child_started_behind_the_parents_back_is_stopped_again()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("active", 1));
        await World.LookAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(World.Child.Nova.Find(vm.Link!)!.VmState, Is.EqualTo("stopped"));
    }

    [Test]
    public async Task A_fresh_intent_of_the_parent_is_never_overwritten_by_what_was_seen()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("stopped", 4));
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "rebuilding");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/rebuilding/1"));
    }

    [Test]
    public async Task A_server_deleted_behind_the_parents_back_is_an_error_and_its_row_is_kept()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Vanish(vm.Link!);
        await World.RebornAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
        Assert.That(vm.Fault, Does.Contain("was deleted in the child, not by this cloud"));
        await World.RebornAsync();
        await World.LookAsync();
        Assert.That(World.Conductor.Faults(vm.Uuid), Has.Count.EqualTo(1), "said once");
    }

    [TestCase("2", "b\nc")]
    [TestCase(null, "a\nb\nc")]
    public async Task Console_output_is_the_childs(string? tail, string text)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.Console = "a\nb\nc");

        var answer = await World.DeliverAsync(new GetConsoleOutput(vm.Envelope(), tail is null ? null : JsonValue.Create(tail)), vm.Ask("x"));
        Assert.That(answer!.GetValue<string>(), Is.EqualTo(text));
    }

    [Test]
    public async Task A_call_while_the_child_is_away_is_refused_at_once()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);

        Assert.That(
            async () => await World.DeliverAsync(new GetConsoleOutput(vm.Envelope()), vm.Ask("x")),
            Throws.InstanceOf<Oslo.Wire.Failures.RpcFault>().With.Property("Class").EqualTo("InstanceNotReady"));
    }
}
