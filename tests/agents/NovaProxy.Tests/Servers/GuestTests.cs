using Cascade.Contracts.Nova.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>What is asked of the guest inside: its password, a crash dump, what it uses.</summary>
public sealed class GuestTests : WorldTest
{
    [Test]
    public async Task A_password_is_set_by_the_childs_agent_within_the_call()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        Assert.That(await SetPasswordAsync(vm), Is.Null);

        Assert.That(vm.Server.Password, Is.EqualTo("n3w"));
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("task_state=null (\"updating_password\")"));
        Assert.That(vm.Events[^1], Is.EqualTo("changePassword:compute_set_admin_password=Success"));
    }

    // What nova-api makes of the class: admin_password.py: change_password.
    [TestCase(409, "QEMU guest agent is not enabled", "InstancePasswordSetFailed", "409: the guest has no agent, or is not running")]
    [TestCase(501, "Unable to set password on instance", "NotImplementedError", "501: the hypervisor cannot")]
    [TestCase(403, "Policy doesn't allow it", "InstancePasswordSetFailed", "409: 403 is not expected there")]
    [TestCase(404, "Instance could not be found", "InstancePasswordSetFailed", "409: an InstanceNotFound would be 500 there")]
    [TestCase(500, "Unexpected API Error", "InstancePasswordSetFailed", "409: the child failed")]
    public async Task A_refusal_has_the_class_that_the_api_knows_and_the_childs_words(int status, string words, string @class, string because)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.PasswordRefusal = (status, words);
        Assert.That(() => SetPasswordAsync(vm), Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo(@class), because);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Fault, Does.Contain(words));
        Assert.That(World.Conductor.Faults(vm.Uuid), Has.Count.EqualTo(1));
        Assert.That(vm.Events[^1], Is.EqualTo("changePassword:compute_set_admin_password=Error"));
    }

    [Test]
    public async Task A_child_that_is_away_is_told_at_once_and_nothing_is_parked()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);

        Assert.That(() => SetPasswordAsync(vm), Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo("InstancePasswordSetFailed"));
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task An_instance_whose_password_nobody_sets_any_more_is_let_go()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "updating_password");
        vm.Ask("changePassword");
        var time = await World.RebornLaterAsync();
        await World.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await World.ResumeAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(vm.Fault, Does.Contain("set it again"));
    }

    [Test]
    public void A_password_is_never_part_of_the_text_of_its_call() =>
        Assert.That(new SetAdminPassword(Contracts.Nova.Objects.NovaObjects.New("Instance"), "n3w").ToString(), Does.Not.Contain("n3w"));

    [Test]
    public async Task A_crash_dump_ends_with_what_the_childs_compute_says()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("dump");
        await DumpAsync(vm);
        await World.LookAsync();
        Assert.That(vm.Events[^1], Is.EqualTo("trigger_crash_dump:compute_trigger_crash_dump=open"));
        World.Child.Nova.Release("dump");
        await World.RebornAsync();
        await LaterAsync();

        Assert.That(vm.Events[^1], Is.EqualTo("trigger_crash_dump:compute_trigger_crash_dump=Success"));
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task A_crash_dump_that_the_childs_hypervisor_refuses_is_an_error_and_no_silent_success()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.CrashDumpRefusal = "Nmi is not supported";
        await DumpAsync(vm);
        await World.LookAsync();
        await LaterAsync();

        Assert.That(vm.Events[^1], Is.EqualTo("trigger_crash_dump:compute_trigger_crash_dump=Error"));
        Assert.That(vm.Fault, Does.Contain("Nmi is not supported"));
    }

    [TestCase(false, "the message came again before the end was seen")]
    [TestCase(true, "the message came again after it")]
    public async Task A_guest_is_interrupted_once_however_often_the_message_comes(bool ended, string because)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var context = vm.Ask("trigger_crash_dump");
        await World.DeliverAsync(new TriggerCrashDump(vm.Envelope()), context);
        if (ended)
        {
            await LaterAsync();
        }

        await World.RebornAsync();
        await World.DeliverAsync(new TriggerCrashDump(vm.Envelope()), context);
        await LaterAsync();

        Assert.That(vm.Server.ActionsTaken.Count(taken => taken.Action == "trigger_crash_dump"), Is.EqualTo(1), because);
        Assert.That(vm.Events[^1], Does.EndWith("=Success"));
    }

    [Test]
    public async Task A_crash_dump_whose_answer_was_lost_is_looked_for_and_not_repeated()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.On("POST", "/servers/*/action").DropAfter();
        await DumpAsync(vm);
        await LaterAsync();

        Assert.That(vm.Server.ActionsTaken, Has.Count.EqualTo(1));
        Assert.That(vm.Events[^1], Does.EndWith("=Success"));
    }

    [Test]
    public async Task A_second_crash_dump_is_refused_while_the_first_is_under_way()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("dump");
        await DumpAsync(vm);
        Assert.That(() => DumpAsync(vm), Throws.InstanceOf<RpcFault>().With.Message.Contains("under way"));
        World.Child.Nova.Release("dump");
        await LaterAsync();

        Assert.That(vm.Server.ActionsTaken, Has.Count.EqualTo(1));
        Assert.That(vm.Events.TakeLast(2), Is.EqualTo(new[] { "trigger_crash_dump:compute_trigger_crash_dump=Success", "trigger_crash_dump:compute_trigger_crash_dump=Error" }));
    }

    [Test]
    public async Task A_crash_dump_that_the_childs_api_refuses_is_over()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => server.VmState = "suspended");
        Assert.That(() => DumpAsync(vm), Throws.InstanceOf<RpcFault>());

        Assert.That(vm.Events[^1], Is.EqualTo("trigger_crash_dump:compute_trigger_crash_dump=Error"));
        World.Child.Nova.Change(vm.Link!, server => server.VmState = "active");
        await DumpAsync(vm);
        await LaterAsync();
        Assert.That(vm.Events[^1], Does.EndWith("=Success"), "and the next one is asked for");
    }

    [Test]
    public async Task Diagnostics_are_the_childs_in_both_shapes()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var driver = await World.DeliverAsync(new GetDiagnostics(vm.Envelope()), vm.Ask("x"));
        var same = VersionedObject.Read(await World.DeliverAsync(new GetInstanceDiagnostics(vm.Envelope()), vm.Ask("x")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(driver!["cpu0_time"]!.GetValue<long>(), Is.EqualTo(17300000000));
            Assert.That((same.Name, same.Version), Is.EqualTo(("Diagnostics", "1.0")));
            Assert.That(same.Text("driver"), Is.EqualTo("libvirt"));
            Assert.That(VersionedObject.Read(same.Data["cpu_details"]![0]).Number("time"), Is.EqualTo(17300000000));
            Assert.That(VersionedObject.Read(same.Data["nic_details"]![0]).Text("mac_address"), Is.EqualTo("fa:16:3e:00:00:01"));
            Assert.That(VersionedObject.Read(same.Data["memory_details"]).Number("maximum"), Is.EqualTo(524288));
        }
    }

    [Test]
    public async Task Diagnostics_of_a_guest_that_does_not_run_are_a_conflict_in_novas_words()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();

        Assert.That(
            () => World.DeliverAsync(new GetDiagnostics(vm.Envelope()), vm.Ask("x")),
            Throws.InstanceOf<RpcFault>().With.Property("Class").EqualTo("InstanceInvalidState").And.Message.Contains("in power state shutdown"));
    }

    Task<System.Text.Json.Nodes.JsonNode?> SetPasswordAsync(Wanted vm)
    {
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "updating_password");
        return World.DeliverAsync(new SetAdminPassword(vm.Envelope(), "n3w"), vm.Ask("changePassword"));
    }

    Task DumpAsync(Wanted vm) => World.DeliverAsync(new TriggerCrashDump(vm.Envelope()), vm.Ask("trigger_crash_dump"));

    /// <summary>A later life that finds it in the row.</summary>
    async Task LaterAsync()
    {
        var time = await World.RebornLaterAsync();
        await World.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await World.ResumeAsync();
    }
}
