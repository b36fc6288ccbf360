using Cascade.NovaProxy.Servers.Resize;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Time.Testing;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Confirmed, reverted, deleted, stopped: by the tenant, by the window, by the child.</summary>
public sealed class ResizeEndTests : WorldTest
{
    [Test]
    public async Task A_confirm_writes_what_native_writes()
    {
        var (vm, resize) = await ResizedAsync();
        var saves = World.Saves(vm.Uuid).Count;
        World.Child.Nova.Hold("confirm");
        await resize.ConfirmAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("resized/-/1"), "the child looks as before until it is done");
        World.Child.Nova.Release("confirm");
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(World.Saves(vm.Uuid).Skip(saves), Is.EqualTo(new[]
            {
                "task_state=null vm_state=active ([null,\"deleting\",\"soft-deleting\"])",
                "flavor=m1.large new_flavor=null old_flavor=null system_metadata",
            }));
            Assert.That((resize.Status, resize.Held), Is.EqualTo(("confirmed", ((int?)null, (int?)2))));
            Assert.That(World.Row(vm.Uuid)["migration_context"], Is.Null);
            Assert.That(World.Row(vm.Uuid)["system_metadata"]!["old_vm_state"], Is.Null);
            Assert.That(vm.Events[^1], Is.EqualTo("confirmResize:compute_confirm_resize=Success"));
        }
    }

    [Test]
    public async Task A_revert_writes_what_native_writes()
    {
        var (vm, resize) = await ResizedAsync();
        var saves = World.Saves(vm.Uuid).Count;
        World.Child.Nova.Hold("revert");
        await resize.RevertAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("resized/resize_reverting/1"));
        World.Child.Nova.Release("revert");
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(World.Saves(vm.Uuid).Skip(saves), Is.EqualTo(new[]
            {
                "ephemeral_gb=0 flavor=m1.small host=cell-a instance_type_id=1 memory_mb=2048 new_flavor=m1.large node=cell-a old_flavor=m1.small root_gb=20 "
                    + "vcpus=1 (\"resize_reverting\")",
                " (\"resize_reverting\")",
                "task_state=null vm_state=active",
                "flavor=m1.small new_flavor=null old_flavor=null system_metadata",
            }), "the second is launched_at");
            Assert.That((resize.Status, resize.Held), Is.EqualTo(("reverted", ((int?)null, (int?)1))));
            Assert.That(vm.Events.TakeLast(2), Is.EqualTo(new[] { "revertResize:compute_revert_resize=Success", "revertResize:compute_finish_revert_resize=Success" }));
        }
    }

    [Test]
    public async Task A_server_that_was_stopped_is_stopped_again_by_a_revert()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.StopAsync();
        await World.LookAsync();
        var resize = new Resizing(World, vm);
        await resize.ResizedAsync();
        await resize.RevertAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(vm.Events.TakeLast(3), Is.EqualTo(new[]
        {
            "revertResize:compute_revert_resize=Success", "revertResize:compute_finish_revert_resize=Success", "revertResize:compute_stop_instance=Success",
        }));
    }

    [TestCase(409, TestName = "a conflict")]
    [TestCase(500, TestName = "a failure")]
    public async Task A_confirm_that_the_child_refuses_can_be_asked_for_again(int status)
    {
        var (vm, resize) = await ResizedAsync();
        World.Child.On("POST", "/servers/*/action").Fail(1, status);
        Assert.That(async () => await resize.ConfirmAsync(), Throws.InstanceOf<RpcFault>());
        Assert.That((World.State(vm.Uuid), resize.Status, resize.Held), Is.EqualTo(("resized/-/1", "finished", ((int?)1, (int?)2))));
        Assert.That(vm.Events[^1], Is.EqualTo("confirmResize:compute_confirm_resize=Error"));

        await resize.ConfirmAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [TestCase(409, TestName = "a conflict")]
    [TestCase(500, TestName = "a failure")]
    public async Task A_revert_that_the_child_refuses_can_be_asked_for_again(int status)
    {
        var (vm, resize) = await ResizedAsync();
        World.Child.On("POST", "/servers/*/action").Fail(1, status);
        Assert.That(async () => await resize.RevertAsync(), Throws.InstanceOf<RpcFault>());
        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("resized/-/1", "finished")));

        await resize.RevertAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_lost_answer_is_looked_after(bool confirm)
    {
        var (vm, resize) = await ResizedAsync();
        World.Child.On("POST", "/servers/*/action").DropAfter();
        await (confirm ? resize.ConfirmAsync() : resize.RevertAsync());
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("active/-/1", confirm ? "confirmed" : "reverted")));
        Assert.That(World.Child.Nova.Find(vm.Link!)!.Actions, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_child_that_confirms_by_itself_is_followed_without_a_user()
    {
        var (vm, resize) = await ResizedAsync();
        World.Child.Nova.ConfirmByItself(vm.Link!);
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), resize.Status, resize.Held), Is.EqualTo(("active/-/1", "confirmed", ((int?)null, (int?)2))));
        Assert.That(World.Conductor.Actions(vm.Uuid)[^1], Has.Property("Action").EqualTo("confirmResize").And.Property("UserId").Null);
        Assert.That(vm.Events[^1], Is.EqualTo("confirmResize:compute_confirm_resize=Success"));
    }

    [Test]
    public async Task A_revert_in_the_child_is_followed_without_a_user()
    {
        var (vm, resize) = await ResizedAsync();
        World.Child.Nova.RevertByItself(vm.Link!);
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), resize.Status, resize.Held), Is.EqualTo(("active/-/1", "reverted", ((int?)null, (int?)1))));
        Assert.That(World.Row(vm.Uuid)["flavor"]!["nova_object.data"]!["name"]!.ToString(), Is.EqualTo("m1.small"));
        Assert.That(World.Conductor.Actions(vm.Uuid)[^1], Has.Property("Action").EqualTo("revertResize").And.Property("UserId").Null);
    }

    [Test]
    public async Task A_server_stopped_in_the_child_while_it_waits_goes_on_waiting()
    {
        var (vm, resize) = await ResizedAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("stopped", 4));
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("resized/-/4", "finished")));
    }

    [Test]
    public async Task A_tenant_may_stop_and_start_while_it_waits_as_natively()
    {
        var (vm, resize) = await ResizedAsync();
        await vm.StopAsync();
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("stopped/-/4", "finished")));
        await vm.StartAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        await World.Of<ResizeKeeper>().PassAsync(default);
        await World.Of<ResizeKeeper>().PassAsync(default);
        Assert.That(World.Row(vm.Uuid)["old_flavor"], Is.Not.Null, "it is not confirmed, and holds both flavors");
    }

    [Test]
    public async Task A_delete_while_it_waits_is_answered_at_once_whatever_the_child_does()
    {
        var (vm, resize) = await ResizedAsync();
        World.Child.On("POST", "/servers/*/action").Fail(int.MaxValue, 500);
        Assert.That(await ConfirmedAsync(), Is.Null, "the answer of the call");
        Assert.That((World.State(vm.Uuid), resize.Status, resize.Held), Is.EqualTo(("active/-/1", "confirmed", ((int?)null, (int?)2))));
        await vm.DeleteAsync();
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), resize.Held), Is.EqualTo(("deleted", ((int?)null, (int?)null))));

        async Task<object?> ConfirmedAsync()
        {
            await resize.ConfirmAsync("deleting");
            return null;
        }
    }

    [TestCase("reverting")]
    [TestCase("error")]
    [TestCase("accepted")]
    public async Task A_confirm_of_a_migration_in_an_odd_state_is_silent(string status)
    {
        var (vm, resize) = await ResizedAsync();
        World.Conductor.EditMigration(resize.Consumer, row => row["status"] = status);
        await World.DeliverAsync(new Contracts.Nova.Compute.ConfirmResize(vm.Envelope(), resize.Envelope()), vm.Ask("confirmResize"));

        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("resized/-/1", status)));
        Assert.That(World.Child.Nova.Find(vm.Link!)!.Actions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_second_delivery_of_a_confirm_that_is_done_does_nothing()
    {
        var (vm, resize) = await ResizedAsync();
        await resize.ConfirmAsync();
        await World.LookAsync();
        var said = World.Conductor.Calls.Count;
        await World.DeliverAsync(new Contracts.Nova.Compute.ConfirmResize(vm.Envelope(), resize.Envelope()), vm.Ask("confirmResize"));

        Assert.That(World.Conductor.Calls.Skip(said).Select(call => call.ObjectMethod), Is.EqualTo(new[] { "Instance.get_by_uuid", "Migration.get_by_id" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_later_life_sees_what_an_earlier_one_ordered(bool confirm)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await World.StartAsync(time: time);
        var vm = new Wanted(world);
        await vm.ActiveAsync();
        var resize = new Resizing(world, vm);
        await resize.ResizedAsync();
        await (confirm ? resize.ConfirmAsync() : resize.RevertAsync());
        await world.RebornAsync();
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await world.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        await world.LookAsync();

        Assert.That((world.State(vm.Uuid), resize.Status), Is.EqualTo(("active/-/1", confirm ? "confirmed" : "reverted")));
        Assert.That(vm.Events[^1], Does.EndWith("=Success"));
        Assert.That(vm.Events.Count(at => at.Contains("compute_confirm_resize", StringComparison.Ordinal)), Is.EqualTo(confirm ? 1 : 0));
    }

    [Test]
    public async Task A_confirmation_that_never_reached_the_child_is_given_again()
    {
        var (vm, resize) = await ResizedAsync();
        World.Conductor.EditMigration(resize.Consumer, row => row["status"] = "confirming");
        vm.Ask("confirmResize");
        await World.RebornAsync();
        await World.Of<ResizeKeeper>().PassAsync(default);
        await World.Of<ResizeKeeper>().PassAsync(default);
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("active/-/1", "confirmed")));
    }

    [Test]
    public async Task What_a_cut_left_half_written_is_tidied()
    {
        var (vm, resize) = await ResizedAsync();
        World.Conductor.EditMigration(resize.Consumer, row => row["status"] = "confirmed");
        World.Conductor.EditInstance(vm.Uuid, row => row["vm_state"] = "active");
        await World.Of<ResizeKeeper>().PassAsync(default);
        Assert.That(resize.Held.Migration, Is.EqualTo(1), "the turn that writes it may still run");
        await World.Of<ResizeKeeper>().PassAsync(default);

        Assert.That((World.Row(vm.Uuid)["old_flavor"], resize.Held), Is.EqualTo(((object?)null, ((int?)null, (int?)2))));
    }

    [Test]
    public async Task The_window_confirms_what_waits_too_long()
    {
        World.Resizing = new() { ConfirmWindow = TimeSpan.FromSeconds(1) };
        await World.RebornAsync();
        var (vm, resize) = await ResizedAsync();
        World.Conductor.EditMigration(resize.Consumer, row => row["dest_compute"] = World.Host);
        World.Conductor.EditMigration(resize.Consumer, row => row["updated_at"] = "2026-01-01T00:00:00Z");
        await World.Of<ResizeKeeper>().PassAsync(default);
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), resize.Status), Is.EqualTo(("active/-/1", "confirmed")));
        Assert.That(World.Conductor.Actions(vm.Uuid)[^1], Has.Property("Action").EqualTo("confirmResize").And.Property("UserId").Null);
    }

    [TestCase("error", null, "error", TestName = "an instance in error")]
    [TestCase("active", null, "error", TestName = "an instance that is not resized")]
    [TestCase("resized", "deleting", "finished", TestName = "an instance that is being deleted is left alone")]
    public async Task The_window_judges_as_native(string vmState, string? task, string status)
    {
        World.Resizing = new() { ConfirmWindow = TimeSpan.FromSeconds(1) };
        await World.RebornAsync();
        var (vm, resize) = await ResizedAsync();
        World.Conductor.EditInstance(vm.Uuid, row => (row["vm_state"], row["task_state"]) = (vmState, task));
        World.Conductor.EditMigration(resize.Consumer, row => row["updated_at"] = "2026-01-01T00:00:00Z");
        await World.Of<ResizeKeeper>().PassAsync(default);

        Assert.That(resize.Status, Is.EqualTo(status));
    }

    async Task<(Wanted Vm, Resizing Resize)> ResizedAsync()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var resize = new Resizing(World, vm);
        await resize.ResizedAsync();
        return (vm, resize);
    }
}
