using Cascade.CinderProxy.Volumes.Watching;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

sealed class DeleteTests : WorldTest
{
    [Test]
    public async Task Row_and_quota_go_when_the_child_has_let_go_and_not_before()
    {
        var id = await World.VolumeAsync(3);
        World.Child.Cinder.Hold("delete");
        await World.DoAsync(Api.Delete(id));
        Assert.That((World.Status(id), World.VolumeRow(id)["deleted"], Api.Quota.InUse["gigabytes"]), Is.EqualTo(("deleting", 0L, 3)));

        World.Child.Cinder.Release("delete");
        await World.LookAsync();

        Assert.That((World.Status(id), World.VolumeRow(id)["deleted"], World.Child.Cinder.Volumes.Count, World.Workers.Count), Is.EqualTo(("deleted", 1L, 0, 0)));
        Assert.That(Api.Quota.InUse, Is.Empty);
    }

    [Test]
    public async Task What_depends_on_it_in_the_child_makes_it_available_again()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.MakeSnapshot(World.Link(id)!);

        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.There(id).Status, World.Workers.Count), Is.EqualTo(("available", "available", 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_the_child_cannot_delete_is_seen_by_the_tenant_and_may_be_tried_again()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Refuse("delete");
        var order = Api.Delete(id);
        await World.DoAsync(order);
        Assert.That((World.Status(id), World.Workers.Count), Is.EqualTo(("error_deleting", 0)));
        Api.Quota.ExpectWhole();

        World.Child.Cinder.Accept("delete");
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "available");
        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.Child.Cinder.Volumes.Count), Is.EqualTo(("deleted", 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_the_child_could_not_delete_goes_by_force()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "error_deleting");

        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.Child.Cinder.Volumes.Count), Is.EqualTo(("deleted", 0)));
        Api.Quota.ExpectWhole();
    }

    [TestCase("extending", true, "deleted", TestName = "an administrator may force it")]
    [TestCase("extending", false, "error_deleting", TestName = "a tenant may not")]
    public async Task What_the_child_is_at_goes_only_by_an_administrators_word(string status, bool admin, string after)
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = status);
        var order = Api.Delete(id);
        order.Context.Members["is_admin"] = admin;

        await World.DoAsync(order);

        Assert.That((World.Status(id), World.Child.Cinder.Volumes.Count, World.Workers.Count), Is.EqualTo((after, admin ? 0 : 1, 0)));
        Api.Quota.ExpectWhole();
    }

    [TestCase("in-use", TestName = "that a server of the child has")]
    [TestCase("awaiting-transfer", TestName = "that is offered in the child")]
    public async Task One_is_available_again_only_when_the_childs_is(string status)
    {
        var id = await World.VolumeAsync(content: "kept");
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = status);

        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.There(id).Content), Is.EqualTo(("error_deleting", "kept")));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_failure_on_a_list_that_was_asked_for_before_the_order_is_not_lost()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Refuse("delete");
        var list = World.Child.On("GET", "/volumes/detail").HoldBefore();
        var look = World.LookAsync();
        await list.Arrived;
        await World.DeliverAsync(Api.Delete(id));
        list.Release();
        await look;
        await World.LookAsync();

        Assert.That(World.Status(id), Is.EqualTo("error_deleting"));
    }

    [Test]
    public async Task A_second_delivery_after_a_failure_deletes_nothing_that_the_tenant_was_given_back()
    {
        var id = await World.VolumeAsync(content: "precious");
        var snapshot = World.Child.Cinder.MakeSnapshot(World.Link(id)!);
        var order = Api.Delete(id);
        await World.DoAsync(order);
        Assert.That(World.Status(id), Is.EqualTo("available"));
        World.Child.Cinder.VanishSnapshot(snapshot.Id);

        await World.DoAsync(order);

        Assert.That((World.Status(id), World.There(id).Status, World.There(id).Content), Is.EqualTo(("available", "available", "precious")));
    }

    [Test]
    public async Task With_its_snapshots_all_rows_go_and_all_quota_with_them()
    {
        var id = await World.VolumeAsync(2);
        var snapshots = new[] { await World.SnapshotAsync(id), await World.SnapshotAsync(id) };
        Assert.That(Api.Quota.InUse["gigabytes"], Is.EqualTo(6));

        await World.DoAsync(Api.Delete(id, cascade: true));

        Assert.That(snapshots.Select(one => World.SnapshotRow(one)["deleted"]).Append(World.VolumeRow(id)["deleted"]), Is.All.EqualTo(1L));
        Assert.That((World.Child.Cinder.Volumes.Count, World.Child.Cinder.Snapshots.Count), Is.EqualTo((0, 0)));
        Assert.That(Api.Quota.InUse, Is.Empty);
    }

    [Test]
    public async Task An_attached_volume_is_in_use_again_and_the_child_is_not_asked()
    {
        var id = await World.VolumeAsync();
        World.Rows.Update("volumes", id, ("attach_status", "attached"));

        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.Child.Count("DELETE", "/volumes/*")), Is.EqualTo(("in-use", 0)));
        Assert.That(World.Workers, Is.Empty);
    }

    [Test]
    public async Task What_is_gone_already_is_success()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Vanish(World.Link(id)!);

        await World.DeliverAsync(Api.Delete(id));

        Assert.That(World.Status(id), Is.EqualTo("deleted"), "without a look");
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_was_made_and_never_linked_goes_too()
    {
        World.Child.Cinder.Hold("create");
        var order = Api.Create();
        World.Child.On("POST", "/volumes").HoldAfter();
        var create = World.DeliverAsync(order);
        await World.Child.UntilAsync(cloud => cloud.Cinder.Volumes.Count == 1);
        await World.RebornAsync();
        World.Rows.Update("volumes", order.Id, ("status", "error"));
        World.Child.Cinder.Change(World.Child.Cinder.Volumes[0].Id, volume => volume.Status = "available");

        await World.DoAsync(Api.Delete(order.Id));

        Assert.That((World.Status(order.Id), World.Child.Cinder.Volumes.Count), Is.EqualTo(("deleted", 0)));
        World.Child.Heal();
        await create;
    }

    [TestCase(null, null, null, false, TestName = "Zed: an old row of a tenant")]
    [TestCase(null, "target:7a", null, true, TestName = "Zed: the target of a migration")]
    [TestCase(null, null, "True", true, TestName = "Zed: a temporary volume")]
    [TestCase(0, null, null, true, TestName = "the row says that nobody pays")]
    [TestCase(1, null, null, false, TestName = "the row says that the tenant pays")]
    public async Task The_quota_is_given_back_if_the_tenant_pays(int? useQuota, string? migration, string? temporary, bool keeps)
    {
        var id = await World.VolumeAsync();
        World.Rows.Update("volumes", id, ("use_quota", useQuota), ("migration_status", migration));
        if (temporary is not null)
        {
            World.Rows.Insert("volume_admin_metadata", ("id", 77), ("volume_id", id), ("key", "temporary"), ("value", temporary));
        }

        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), Api.Quota.InUse.GetValueOrDefault("volumes")), Is.EqualTo(("deleted", keeps ? 1 : 0)));
    }

    [Test]
    public async Task Unmanaged_it_stays_in_the_child_without_our_stamp_and_nobody_ever_reaps_it()
    {
        var id = await World.VolumeAsync(content: "kept");
        var childId = World.Link(id)!;

        await World.DoAsync(Api.Delete(id, unmanage: true));

        var left = World.Child.Cinder.Find(childId)!;
        Assert.That((World.Status(id), left.Status, left.Content, left.Metadata), Is.EqualTo(("deleted", "available", "kept", new Dictionary<string, string>())));
        Assert.That(await World.Of<VolumeReaper>().OrphansAsync(default), Is.Empty);
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task An_unmanage_that_the_child_refuses_is_an_error_and_no_state_without_end()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "maintenance");

        await World.DoAsync(Api.Delete(id, unmanage: true));

        Assert.That(World.Status(id), Is.EqualTo("error_unmanaging"));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_volume_whose_manage_failed_goes_without_touching_the_child()
    {
        var id = Api.Existing(null, 0, status: "error_managing");

        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.Child.Count("DELETE", "/volumes/*")), Is.EqualTo(("deleted", 0)));
    }

    [Test]
    public async Task Everything_that_hung_on_the_volume_is_deleted_with_it()
    {
        var id = await World.VolumeAsync();
        World.Rows.Insert("volume_metadata", ("id", 5), ("volume_id", id), ("key", "k"), ("value", "v"));
        World.Rows.Insert("volume_glance_metadata", ("id", 5), ("volume_id", id), ("key", "k"), ("value", "v"));

        await World.DoAsync(Api.Delete(id));

        Assert.That(World.Rows.Texts("SELECT deleted FROM volume_metadata UNION ALL SELECT deleted FROM volume_glance_metadata"), Is.All.EqualTo("1"));
    }
}
