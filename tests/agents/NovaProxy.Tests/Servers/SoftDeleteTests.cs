using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Delete;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Deletions that can be taken back, and what ends them.</summary>
public sealed class SoftDeleteTests : WorldTest
{
    [Test]
    public async Task A_deleted_server_is_stopped_and_kept_and_comes_back()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/4"));
        Assert.That(vm.Server.VmState, Is.EqualTo("stopped"), "the child shall not reclaim it by itself");
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=4 task_state=null vm_state=soft-delete (\"soft-deleting\")"));

        await vm.RestoreAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        Assert.That(World.Saves(vm.Uuid)[^1], Is.EqualTo("power_state=1 task_state=null vm_state=active (\"restoring\")"));
        Assert.That(vm.Events.Skip(1), Is.EqualTo(new[] { "delete:compute_soft_delete_instance=Success", "restore:compute_restore_instance=Success" }));
    }

    [TestCase("paused", 3)]
    [TestCase("rescued", 1)]
    [TestCase("stopped", 4)]
    public async Task It_is_put_off_from_wherever_it_is(string vmState, int power)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = (vmState, power));
        await vm.SoftDeleteAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/4"));
        Assert.That(vm.Server.VmState, Is.EqualTo("stopped"));
    }

    [Test]
    public async Task A_force_delete_ends_it_in_both_clouds()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        await vm.DeleteAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That(World.Child.Nova.Servers, Is.Empty);
        Assert.That(vm.Events[^1], Is.EqualTo("delete:compute_terminate_instance=Success"));
    }

    [Test]
    public async Task What_is_not_restored_in_time_is_reclaimed()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["deleted_at"] = Ago(TimeSpan.FromMinutes(59)));
        await World.Of<Reclaiming>().PassAsync(default);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/4"), "not yet");

        World.Conductor.EditInstance(vm.Uuid, row => row["deleted_at"] = Ago(TimeSpan.FromMinutes(61)));
        await World.Of<Reclaiming>().PassAsync(default);
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That(World.Child.Nova.Servers, Is.Empty);
        Assert.That(World.Above.Placement.Consumers, Does.Not.ContainKey(vm.Uuid));
        Assert.That(vm.Events, Is.EqualTo(new[] { "create:compute__do_build_and_run_instance=Success", "delete:compute_soft_delete_instance=Success" }), "natively a reclaim has no event");
    }

    [Test]
    public async Task A_restore_that_was_faster_than_the_reclaim_wins()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        World.Conductor.Before = call =>
        {
            if (call.ObjectMethod == "Instance.save")
            {
                World.Conductor.Before = null;
                World.Conductor.EditInstance(vm.Uuid, row => (row["task_state"], row["deleted_at"]) = ("restoring", null));
            }
        };
        await World.Of<Reclaiming>().PassAsync(default);

        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/restoring/4"));
        Assert.That(vm.Server.Deleted, Is.False);
    }

    [Test]
    public async Task A_restart_in_the_middle_of_a_reclaim_finishes_it()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        World.Child.Nova.Hold("delete");
        await World.Of<Reclaiming>().PassAsync(default);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/deleting/4"), "nobody restores what is going");
        World.Child.Nova.Release("delete");

        var time = await World.RebornLaterAsync();
        await World.ResumeAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await World.ResumeAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
        Assert.That(World.Child.Nova.Servers, Is.Empty);
    }

    [TestCase(500)]
    [TestCase(403)]
    [TestCase(409)]
    public async Task A_reclaim_that_the_child_refuses_is_tried_again_as_natively(int status)
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        World.Child.On("DELETE", "/servers/*").Fail(int.MaxValue, status);
        await World.Of<Reclaiming>().PassAsync(default);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/4"));
        World.Child.Heal();
        await World.Of<Reclaiming>().PassAsync(default);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("deleted"));
    }

    [Test]
    public async Task A_deleted_server_that_vanishes_in_the_child_stays_deleted_and_a_restore_says_so()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        World.Child.Nova.Vanish(vm.Link!);
        await World.RebornAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/4"));

        Assert.That(vm.RestoreAsync, Throws.InstanceOf<Oslo.Wire.Failures.RpcFault>());
        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/4"));
        Assert.That(vm.Fault, Does.Contain("has no server"));
    }

    [Test]
    public async Task One_that_is_gone_before_it_is_put_off_is_deleted_all_the_same()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        World.Child.Nova.Hold("stop");
        await vm.SoftDeleteAsync();
        World.Child.Nova.Vanish(vm.Link!);
        await World.RebornAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/0"));
    }

    static string Ago(TimeSpan time) => NovaTime.Of(TimeProvider.System.GetUtcNow() - time);
}
