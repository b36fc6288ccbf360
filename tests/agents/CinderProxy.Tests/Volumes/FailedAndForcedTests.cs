using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

/// <summary>An administrator deletes by force what is being made (the API asks for no state then), while the child is spoken with about a create that failed.</summary>
sealed class FailedAndForcedTests : WorldTest
{
    [Test]
    public async Task A_volume_that_the_child_could_not_make_goes()
    {
        World.Child.Cinder.Refuse("create");
        var order = Api.Create(again: false);
        await World.DeliverAsync(order);
        var clearing = World.Child.On("DELETE", "/volumes/*").HoldBefore();
        var failing = World.LookAsync();
        await clearing.Arrived;

        var deleting = World.DeliverAsync(Api.Delete(order.Id));
        clearing.Release();
        await failing;
        await World.ThroughAsync(deleting);
        await World.LookAsync();

        Assert.That((World.Status(order.Id), World.Child.Cinder.Volumes.Count, World.Workers.Count), Is.EqualTo(("deleted", 0, 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_volume_that_the_child_refused_goes_and_not_back_to_the_scheduler()
    {
        World.Child.Cinder.SetQuota(Api.Project, "volumes", 0);
        var refusing = World.Child.On("POST", "/volumes").HoldBefore();
        var order = Api.Create();
        var creating = World.DeliverAsync(order);
        await refusing.Arrived;
        var clearing = World.Child.On("GET", "/volumes/detail").HoldBefore();
        refusing.Release();
        await clearing.Arrived;

        var deleting = World.DeliverAsync(Api.Delete(order.Id));
        clearing.Release();
        await creating;
        await World.ThroughAsync(deleting);

        Assert.That((World.Status(order.Id), World.Bus.Of("create_volume").Count), Is.EqualTo(("deleted", 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_snapshot_that_the_child_could_not_make_goes()
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.Refuse("snapshot");
        var order = Api.Snapshot(volume);
        await World.DeliverAsync(order);
        var clearing = World.Child.On("DELETE", "/snapshots/*").HoldBefore();
        var failing = World.LookAsync();
        await clearing.Arrived;

        var deleting = World.DeliverAsync(Api.DeleteSnapshot(order.Id));
        clearing.Release();
        await failing;
        await World.ThroughAsync(deleting);
        await World.LookAsync();

        Assert.That((World.SnapshotRow(order.Id)["status"], World.Child.Cinder.Snapshots.Count), Is.EqualTo(("deleted", 0)));
        Api.Quota.ExpectWhole();
    }
}
