namespace Cascade.NovaProxy.Tests.Servers;

public sealed class DeleteTests : WorldTest
{
    [Test]
    public async Task A_delete_is_ended_in_the_parent_only_when_the_child_says_that_it_is_gone()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("delete");
        await vm.DeleteAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/deleting/1"));
        Assert.That(World.Above.Placement.Consumers, Has.Count.EqualTo(1));

        World.Child.Nova.Release("delete");
        await World.LookAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
            Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=0 task_state=null vm_state=deleted"));
            Assert.That(World.Above.Placement.Consumers, Is.Empty);
            Assert.That(World.Conductor.CleanedConsoles, Is.EqualTo(new[] { vm.Uuid }));
            Assert.That(vm.Events, Does.Contain("delete:compute_terminate_instance=Success"));
            Assert.That(World.Child.Nova.Servers, Is.Empty);
        }

        var order = World.Conductor.Calls.Select(call => call.ObjectMethod).Where(method => method is "ConsoleAuthToken.clean_console_auths_for_instance" or "Instance.destroy" or "InstanceActionEvent.event_finish_with_failure").TakeLast(3);
        Assert.That(order, Is.EqualTo(new[] { "ConsoleAuthToken.clean_console_auths_for_instance", "Instance.destroy", "InstanceActionEvent.event_finish_with_failure" }));
    }

    [Test]
    public async Task No_server_in_the_child_is_success()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Vanish(vm.Link!);
        await vm.DeleteAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
    }

    [Test]
    public async Task A_server_that_was_made_and_never_linked_is_found_by_its_stamp()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["system_metadata"]!.AsObject().Remove("cascade_server_id"));
        await World.RebornAsync();
        await vm.DeleteAsync();
        await World.LookAsync();

        Assert.That(World.Child.Nova.Servers, Is.Empty);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
    }

    [Test]
    public async Task After_a_restart_the_audit_finds_that_it_is_gone_and_ends_it()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("delete");
        await vm.DeleteAsync();
        await World.RebornAsync();
        World.Child.Nova.Release("delete");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That(vm.Events, Does.Contain("delete:compute_terminate_instance=Success"), "by an administrator's context it attaches to the last action");
    }

    [Test]
    public async Task A_child_that_refuses_to_delete_is_an_error_that_is_seen()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.On("DELETE", "/servers/*").Fail(int.MaxValue, 409, "Instance is locked");
        Assert.That(async () => await vm.DeleteAsync(), Throws.InstanceOf<Oslo.Wire.Failures.RpcFault>());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/1"));
            Assert.That(vm.Fault, Does.Contain("Instance is locked").And.Contain("child request req-"));
            Assert.That(vm.Events, Does.Contain("delete:compute_terminate_instance=Error"));
            Assert.That(World.Above.Placement.Consumers, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_child_that_takes_the_delete_and_fails_is_an_error_that_is_seen()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("delete");
        await vm.DeleteAsync();
        World.Child.Nova.Fail(vm.Link!, "the disk is busy");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/1"));
        Assert.That(vm.Fault, Does.Contain("the disk is busy"));
    }

    [Test]
    public async Task A_delete_interrupts_a_build_that_waits_for_its_image()
    {
        var slow = World.Above.On("GET", "/images/*/file").HoldBefore();
        var vm = new Wanted(World);
        var building = vm.BuildAsync();
        await World.Above.UntilAsync(cloud => cloud.Count("GET", "/images/*/file") == 1);

        await vm.DeleteAsync();
        await building;
        slow.Release();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
            Assert.That(World.Child.Nova.Made, Is.Zero);
            Assert.That(World.Conductor.Faults(vm.Uuid), Is.Empty);
            Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Success", "delete:compute_terminate_instance=Success" }));
        }
    }

    [Test]
    public async Task A_delete_during_the_create_waits_for_its_answer_and_takes_what_was_made()
    {
        var held = World.Child.On("POST", "/servers").HoldAfter();
        var vm = new Wanted(World);
        var building = vm.BuildAsync();
        await World.Child.UntilAsync(cloud => cloud.Nova.Made == 1);
        var deleting = vm.DeleteAsync();
        held.Release();
        await Task.WhenAll(building, deleting);
        await World.LookAsync();

        Assert.That(World.Child.Nova.Servers, Is.Empty);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
    }

    [Test]
    public async Task A_row_that_says_deleting_and_has_no_message_left_is_deleted_after_a_while()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Conductor.AddAction(vm.Uuid, "delete", "req-lost", "u1");
        World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "deleting");
        await World.Of<NovaProxy.Servers.Watching.Resumption>().PassAsync(default);
        Assert.That(World.Child.Nova.Servers, Has.Count.EqualTo(1), "a message that is there is delivered by then");
    }

    [Test]
    public async Task A_child_that_only_puts_it_aside_is_told_to_let_go()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("delete");
        await vm.DeleteAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.TaskState) = ("soft-delete", null));
        World.Child.Nova.Release("delete");
        World.Child.Nova.Hold("nothing");
        await World.LookAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
    }
}
