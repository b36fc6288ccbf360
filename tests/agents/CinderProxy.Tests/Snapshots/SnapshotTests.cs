using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Snapshots;

sealed class SnapshotTests : WorldTest
{
    string Of(string snapshot) => (string)World.SnapshotRow(snapshot)["provider_id"]!;

    string? Status(string snapshot) => (string?)World.SnapshotRow(snapshot)["status"];

    [Test]
    public async Task A_snapshot_holds_what_the_volume_held()
    {
        var volume = await World.VolumeAsync(2, content: "then");
        var order = Api.Snapshot(volume);
        await World.DoAsync(order);
        World.Child.Cinder.Write(World.Link(volume)!, "now");

        var seen = World.Child.Cinder.FindSnapshot(Of(order.Id))!;
        Assert.That((Status(order.Id), World.SnapshotRow(order.Id)["progress"], World.Workers.Count), Is.EqualTo(("available", "100%", 0)));
        Assert.That((seen.Content, seen.ProjectId, seen.UserId, seen.Metadata["cascade_parent_id"]), Is.EqualTo(("then", Api.Project, World.Child.Keystone.UserId, order.Id)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_volume_that_a_server_has_may_have_one_too()
    {
        var (volume, _) = await Attached.AttachAsync(World, await World.VolumeAsync());
        var order = Api.Snapshot(volume);

        await World.DoAsync(order);

        Assert.That((Status(order.Id), World.Status(volume)), Is.EqualTo(("available", "in-use")));
    }

    [Test]
    public async Task A_bootable_volume_hands_its_image_down()
    {
        var volume = await World.VolumeAsync();
        World.Rows.Update("volumes", volume, ("bootable", 1));
        World.Rows.Insert("volume_glance_metadata", ("id", 900), ("volume_id", volume), ("key", "image_name"), ("value", "cirros"));

        var snapshot = await World.SnapshotAsync(volume);

        Assert.That(World.Rows.Texts("SELECT value FROM volume_glance_metadata WHERE snapshot_id=@p0", snapshot), Is.EqualTo(new[] { "cirros" }));
    }

    [TestCase(true, TestName = "the child refuses")]
    [TestCase(false, TestName = "the child fails afterwards")]
    public async Task What_cannot_be_made_is_an_error_that_the_tenant_reads_and_leaves_nothing(bool atOnce)
    {
        var volume = await World.VolumeAsync();
        if (atOnce)
        {
            World.Child.Cinder.SetQuota(Api.Project, "snapshots", 0);
        }
        else
        {
            World.Child.Cinder.Refuse("snapshot");
        }

        var order = Api.Snapshot(volume);
        await World.DoAsync(order);

        Assert.That((Status(order.Id), World.Child.Cinder.Snapshots.Count, World.Workers.Count), Is.EqualTo(("error", 0, 0)));
        Assert.That(World.Messages(order.Id), Is.EqualTo(new[] { "009 013" }));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_lost_answer_is_adopted_and_there_are_never_two()
    {
        var volume = await World.VolumeAsync();
        World.Child.On("POST", "/snapshots").DropAfter();

        var snapshot = await World.SnapshotAsync(volume);

        Assert.That(World.Child.Cinder.Snapshots.Select(one => one.Id), Is.EqualTo(new[] { Of(snapshot) }));
    }

    [Test]
    public async Task A_tenants_forged_stamp_is_not_taken()
    {
        var volume = await World.VolumeAsync();
        var order = Api.Snapshot(volume);
        var forged = World.Child.Cinder.MakeSnapshot(World.Link(volume)!, one =>
        {
            one.UserId = "tenant";
            one.Metadata["cascade_parent_id"] = order.Id;
            one.Metadata["cascade_host"] = World.Host;
        });

        await World.DoAsync(order);

        Assert.That(Of(order.Id), Is.Not.EqualTo(forged.Id));
        Assert.That(World.Child.Cinder.FindSnapshot(forged.Id), Is.Not.Null);
    }

    [Test]
    public async Task Deleted_its_row_and_quota_go_when_the_child_has_let_go()
    {
        var volume = await World.VolumeAsync();
        var snapshot = await World.SnapshotAsync(volume);
        World.Child.Cinder.Hold("delete-snapshot");
        await World.DoAsync(Api.DeleteSnapshot(snapshot));
        Assert.That((Status(snapshot), Api.Quota.InUse["snapshots"]), Is.EqualTo(("deleting", 1)));

        World.Child.Cinder.Release("delete-snapshot");
        await World.LookAsync();

        Assert.That((World.SnapshotRow(snapshot)["deleted"], World.Child.Cinder.Snapshots.Count), Is.EqualTo((1L, 0)));
        Api.Quota.ExpectWhole();
    }

    [TestCase(true, "error_deleting", TestName = "put back by a busy back end of the child")]
    [TestCase(false, "error_deleting", TestName = "failed in the child")]
    public async Task What_the_child_does_not_delete_stays_and_the_tenant_reads_of_it(bool busy, string status)
    {
        var snapshot = await World.SnapshotAsync(await World.VolumeAsync());
        if (busy)
        {
            World.Child.Cinder.BusySnapshots.Add(Of(snapshot));
        }
        else
        {
            World.Child.Cinder.Refuse("delete-snapshot");
        }

        await World.DoAsync(Api.DeleteSnapshot(snapshot));

        Assert.That((Status(snapshot), World.Child.Cinder.Snapshots.Count, World.Messages(snapshot).Count), Is.EqualTo((status, 1, 1)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_failure_on_a_list_that_was_asked_for_before_the_order_is_not_lost()
    {
        var snapshot = await World.SnapshotAsync(await World.VolumeAsync());
        World.Child.Cinder.Refuse("delete-snapshot");
        var list = World.Child.On("GET", "/snapshots/detail").HoldBefore();
        var look = World.LookAsync();
        await list.Arrived;
        await World.DeliverAsync(Api.DeleteSnapshot(snapshot));
        list.Release();
        await look;
        await World.LookAsync();

        Assert.That(Status(snapshot), Is.EqualTo("error_deleting"));
    }

    [Test]
    public async Task A_second_delivery_after_a_failure_deletes_nothing_that_is_there_again()
    {
        var snapshot = await World.SnapshotAsync(await World.VolumeAsync());
        World.Child.Cinder.Refuse("delete-snapshot");
        var order = Api.DeleteSnapshot(snapshot);
        await World.DoAsync(order);
        World.Rows.Update("snapshots", snapshot, ("status", "available"));
        World.Child.Cinder.Accept("delete-snapshot");
        World.Child.Cinder.ChangeSnapshot(Of(snapshot), one => one.Status = "available");

        await World.DoAsync(order);

        Assert.That((Status(snapshot), World.Child.Cinder.Snapshots.Count), Is.EqualTo(("available", 1)));
    }

    [Test]
    public async Task Gone_already_is_success_and_unmanaged_is_kept_without_our_stamp()
    {
        var volume = await World.VolumeAsync();
        var (gone, kept) = (await World.SnapshotAsync(volume), await World.SnapshotAsync(volume));
        World.Child.Cinder.VanishSnapshot(Of(gone));
        var childId = Of(kept);

        await World.DoAsync(Api.DeleteSnapshot(gone));
        await World.DoAsync(Api.DeleteSnapshot(kept, unmanage: true));

        Assert.That((World.SnapshotRow(gone)["deleted"], World.SnapshotRow(kept)["deleted"]), Is.EqualTo((1L, 1L)));
        Assert.That(World.Child.Cinder.FindSnapshot(childId)!.Metadata, Is.Empty);
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task Without_gigabytes_in_the_quota_of_snapshots_none_are_given_back()
    {
        World.Configuration = "[DEFAULT]\nno_snapshot_gb_quota = true";
        await World.RebornAsync();
        var volume = await World.VolumeAsync(3);
        var snapshot = await World.SnapshotAsync(volume);
        var before = Api.Quota.InUse["gigabytes"];

        await World.DoAsync(Api.DeleteSnapshot(snapshot));

        Assert.That((Api.Quota.InUse["gigabytes"], Api.Quota.InUse.ContainsKey("snapshots")), Is.EqualTo((before, false)));
    }

    [Test]
    public async Task A_volume_goes_back_to_what_its_snapshot_holds()
    {
        var volume = await World.VolumeAsync(content: "good");
        var snapshot = await World.SnapshotAsync(volume);
        World.Child.Cinder.Write(World.Link(volume)!, "spoilt");

        await World.DoAsync(Api.Revert(volume, snapshot));

        Assert.That((World.Status(volume), Status(snapshot), World.There(volume).Content), Is.EqualTo(("available", "available", "good")));
    }

    [TestCase(true, TestName = "the child cannot revert")]
    [TestCase(false, TestName = "the child refuses, for it is not the latest")]
    public async Task A_revert_that_fails_leaves_the_volume_in_error_and_the_snapshot_whole(bool afterwards)
    {
        var volume = await World.VolumeAsync();
        var snapshot = await World.SnapshotAsync(volume);
        if (afterwards)
        {
            World.Child.Cinder.Refuse("revert");
        }
        else
        {
            await World.SnapshotAsync(volume);
        }

        await World.DoAsync(Api.Revert(volume, snapshot));

        Assert.That((World.Status(volume), Status(snapshot)), Is.EqualTo(("error", "available")));
    }

    [Test]
    public async Task What_the_child_lost_or_spoilt_is_an_error()
    {
        var volume = await World.VolumeAsync();
        var (lost, spoilt) = (await World.SnapshotAsync(volume), await World.SnapshotAsync(volume));
        World.Child.Cinder.VanishSnapshot(Of(lost));
        World.Child.Cinder.ChangeSnapshot(Of(spoilt), one => one.Status = "error");

        await World.AuditAsync();

        Assert.That((Status(lost), Status(spoilt)), Is.EqualTo(("error", "error")));
        Api.Quota.ExpectWhole();
    }
}
