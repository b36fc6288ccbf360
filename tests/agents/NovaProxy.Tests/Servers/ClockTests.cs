using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Delete;
using Cascade.OpenStack;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Our clock is an hour ahead of the parent's, or the child's an hour beside ours.</summary>
public sealed class ClockTests : WorldTest
{
    [Test]
    public async Task What_was_deleted_a_moment_ago_on_the_parents_clock_can_still_be_restored()
    {
        var time = await World.RebornLaterAsync();
        time.Advance(TimeSpan.FromHours(2));
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await vm.SoftDeleteAsync();
        await World.LookAsync();
        World.Conductor.EditInstance(vm.Uuid, row => row["deleted_at"] = NovaTime.Of(TimeProvider.System.GetUtcNow()));
        await World.Of<ParentClouds>().Placement.Placement.Providers.GetAsync(Scope.Own, World.Provider.Uuid, default);

        await World.Of<Reclaiming>().PassAsync(default);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("soft-delete/-/4"));

        await vm.RestoreAsync();
        await World.LookAsync();
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [TestCase(-1)]
    [TestCase(1)]
    public async Task What_happens_in_a_child_whose_clock_is_an_hour_off_is_seen_by_looks_at_what_has_changed(int hours)
    {
        World.Child.Skew = TimeSpan.FromHours(hours);
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        await World.LookAsync();
        await World.LookAsync();
        World.Child.Nova.Change(vm.Link!, server => (server.VmState, server.PowerState) = ("stopped", 4));
        World.Child.ForgetRequests();

        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("stopped/-/4"));
        Assert.That(World.Child.Matching("GET", "/servers/detail").Select(request => request.Query), Is.All.Contains("changes-since"));
    }

    [TestCase(-1)]
    [TestCase(1)]
    public async Task What_was_just_made_is_no_old_orphan_by_a_clock_that_is_an_hour_off(int hours)
    {
        World.Child.Skew = TimeSpan.FromHours(hours);
        World.Child.Nova.Plant("lost", World.Project, World.Child.Keystone.UserId, $"cascade:{Guid.NewGuid():D}", $"cascade-host:{World.Host}");
        var reaper = World.Reaper(TimeSpan.FromMinutes(30));

        await reaper.PassAsync(default);
        var orphan = (await reaper.ListAsync(default)).Single();

        Assert.That(orphan.AgeSeconds, Is.InRange(0, 60));
    }
}
