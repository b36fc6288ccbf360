using System.Text.Json.Nodes;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

/// <summary>Two orders to take over the same thing of the child, at the same time.</summary>
sealed class ManageTwiceTests : WorldTest
{
    static JsonObject ById(string id) => new() { ["source-id"] = id };

    /// <summary>The first is held before its stamp, and the second given all the time that a whole other order takes.</summary>
    async Task TogetherAsync(Order first, Order second, string noun)
    {
        var stamping = World.Child.On("POST", $"/{noun}/*/metadata").HoldBefore();
        var one = World.DeliverAsync(first);
        await stamping.Arrived;
        var other = World.DeliverAsync(second);
        await World.VolumeAsync();
        stamping.Release();
        await one;
        await other;
    }

    [Test]
    public async Task One_volume_of_the_child_becomes_one_of_the_parent()
    {
        var theirs = World.Child.Cinder.Make(Api.Project, 4);
        var (first, second) = (Api.Manage(ById(theirs.Id)), Api.Manage(ById(theirs.Id)));

        await TogetherAsync(first, second, "volumes");

        Assert.That((World.Status(first.Id), World.Link(first.Id)), Is.EqualTo(("available", theirs.Id)));
        Assert.That((World.Status(second.Id), World.Link(second.Id)), Is.EqualTo(("error_managing", (string?)null)));
        Assert.That(World.There(first.Id).Metadata["cascade_parent_id"], Is.EqualTo(first.Id));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task One_that_the_quota_keeps_out_does_not_take_the_stamp_off_that_another_has_put_on()
    {
        var theirs = World.Child.Cinder.Make(Api.Project, 4);
        Api.Quota.Limit("gigabytes", 5);
        var (first, second) = (Api.Manage(ById(theirs.Id)), Api.Manage(ById(theirs.Id)));

        await TogetherAsync(first, second, "volumes");

        var taken = new[] { first.Id, second.Id }.Where(id => World.Status(id) == "available").ToList();
        Assert.That(taken, Has.Count.EqualTo(1));
        Assert.That(World.There(taken[0]).Metadata["cascade_parent_id"], Is.EqualTo(taken[0]));
    }

    [Test]
    public async Task One_snapshot_of_the_child_becomes_one_of_the_parent()
    {
        var volume = await World.VolumeAsync();
        var old = World.Child.Cinder.MakeSnapshot(World.Link(volume)!);
        var (first, second) = (Api.ManageSnapshot(volume, ById(old.Id)), Api.ManageSnapshot(volume, ById(old.Id)));

        await TogetherAsync(first, second, "snapshots");

        Assert.That((World.SnapshotRow(first.Id)["status"], World.SnapshotRow(first.Id)["provider_id"]), Is.EqualTo(("available", old.Id)));
        Assert.That((World.SnapshotRow(second.Id)["status"], World.SnapshotRow(second.Id)["provider_id"]), Is.EqualTo(("error", (object?)null)));
        Assert.That(World.Child.Cinder.FindSnapshot(old.Id)!.Metadata["cascade_parent_id"], Is.EqualTo(first.Id));
    }
}
