using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Backups;

sealed class RestoreTests : BackupTest
{
    string? Source(string volume) => World.Rows.Texts("SELECT value FROM volume_metadata WHERE volume_id=@p0 AND key='src_backup_id' AND deleted=0", volume).SingleOrDefault();

    string? Stamp(string volume) => World.There(volume).Metadata.GetValueOrDefault("cascade_parent_id");

    [Test]
    public async Task The_volume_holds_what_it_held_when_it_was_backed_up()
    {
        var volume = await World.VolumeAsync(content: "then");
        var id = await BackupAsync(volume);
        World.Child.Cinder.Write(World.Link(volume)!, "now");
        World.Child.Cinder.Hold("restore");
        await DoAsync(Api.Restore(id, volume));
        Assert.That((Status(id), World.Status(volume)), Is.EqualTo(("restoring", "restoring-backup")));

        World.Child.Cinder.Release("restore");
        await LookAsync();

        Assert.That((Status(id), World.Status(volume), World.There(volume).Content, Source(volume)), Is.EqualTo(("available", "available", "then", (string?)null)));
    }

    [Test]
    public async Task Another_volume_says_which_backup_it_came_from()
    {
        var id = await BackupAsync(await World.VolumeAsync(content: "then"));
        var other = await World.VolumeAsync(2, content: "else");

        await DoAsync(Api.Restore(id, other));
        await DoAsync(Api.Restore(id, other));

        Assert.That((Status(id), World.Status(other), World.There(other).Content, Source(other)), Is.EqualTo(("available", "available", "then", id)));
    }

    /// <summary>The child's cinder-backup has written the metadata of the other volume over it.</summary>
    [Test]
    public async Task The_volume_still_says_for_whom_it_stands()
    {
        var volume = await World.VolumeAsync();
        var id = await BackupAsync(volume);
        var other = await World.VolumeAsync();
        World.Child.On("POST", "/volumes/*/metadata").Fail(20, 500);
        await DoAsync(Api.Restore(id, other));
        Assert.That((Status(id), Stamp(other)), Is.EqualTo(("restoring", volume)), "it is not said to be over before");

        World.Child.Heal();
        await LookAsync();

        Assert.That((Status(id), Stamp(other), Stamp(volume)), Is.EqualTo(("available", other, volume)));
    }

    [Test]
    public async Task What_was_bootable_is_bootable_again_and_tells_of_its_image()
    {
        var volume = await World.VolumeAsync();
        World.Rows.Update("volumes", volume, ("bootable", 1));
        World.Rows.Insert("volume_glance_metadata", ("id", 900), ("volume_id", volume), ("key", "image_name"), ("value", "cirros"));
        var id = await BackupAsync(volume);
        var other = await World.VolumeAsync();
        World.Child.Cinder.Change(World.Link(other)!, one => one.Bootable = true);

        await DoAsync(Api.Restore(id, other));

        Assert.That(World.VolumeRow(other)["bootable"], Is.EqualTo(1L));
        Assert.That(World.Rows.Texts("SELECT value FROM volume_glance_metadata WHERE volume_id=@p0 AND deleted=0", other), Is.EqualTo(new[] { "cirros" }));
    }

    [Test]
    public async Task What_goes_wrong_leaves_the_backup_good_and_says_so_of_the_volume()
    {
        var volume = await World.VolumeAsync();
        var id = await BackupAsync(volume);
        World.Child.Cinder.Refuse("restore");

        await DoAsync(Api.Restore(id, volume));

        Assert.That((Status(id), World.Status(volume), Reason(id)), Is.EqualTo(("available", "error_restoring", "the volume is error_restoring in the child")));
        Assert.That(World.Messages(id), Is.EqualTo(new[] { "015 026" }));
    }

    [Test]
    public async Task What_the_child_refuses_is_read_in_its_words()
    {
        var volume = await World.VolumeAsync();
        var id = await BackupAsync(volume);
        World.Child.Cinder.Change(World.Link(volume)!, one => one.Status = "maintenance");

        await DoAsync(Api.Restore(id, volume));

        Assert.That((Status(id), World.Status(volume)), Is.EqualTo(("available", "error_restoring")));
        Assert.That(Reason(id), Does.Contain("Volume to be restored to must be available"));
    }

    [Test]
    public async Task A_volume_of_another_host_is_not_written_to()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        var volume = Api.Existing(Guid.NewGuid().ToString(), more: ("host", "native@lvm#lvm"));

        await DoAsync(Api.Restore(id, volume));

        Assert.That((Status(id), World.Status(volume), World.Child.Count("POST", "/backups/*/restore")), Is.EqualTo(("available", "error_restoring", 0)));
    }

    [Test]
    public async Task A_second_delivery_while_the_child_is_at_it_asks_for_nothing()
    {
        var volume = await World.VolumeAsync();
        var id = await BackupAsync(volume);
        World.Child.Cinder.Hold("restore");
        var order = Api.Restore(id, volume);
        await DeliverAsync(order);
        await RebornAsync();

        await DeliverAsync(order);
        World.Child.Cinder.Release("restore");
        await LookAsync();

        Assert.That((Status(id), World.Status(volume), World.Child.Count("POST", "/backups/*/restore")), Is.EqualTo(("available", "available", 1)));
    }

    [Test]
    public async Task An_answer_that_is_lost_is_no_failure()
    {
        var volume = await World.VolumeAsync(content: "then");
        var id = await BackupAsync(volume);
        World.Child.Cinder.Hold("restore");
        World.Child.On("POST", "/restore").DropAfter();
        World.Child.On("POST", "/backups/*/restore").DropAfter();
        var order = Api.Restore(id, volume);
        Assert.CatchAsync<Cascade.Oslo.Messaging.Rpc.ParkException>(() => DeliverAsync(order));
        Assert.That((Status(id), World.Status(volume)), Is.EqualTo(("restoring", "restoring-backup")));
        World.Child.Heal();

        await DeliverAsync(order);
        World.Child.Cinder.Release("restore");
        await LookAsync();

        Assert.That((Status(id), World.Status(volume)), Is.EqualTo(("available", "available")));
    }

    [Test]
    public async Task A_restore_whose_message_is_lost_is_done_by_the_next_life()
    {
        var volume = await World.VolumeAsync(content: "then");
        var id = await BackupAsync(volume);
        World.Child.Cinder.Write(World.Link(volume)!, "now");
        Api.Restore(id, volume);
        await RebornAsync();

        await ResumeAsync();

        Assert.That((Status(id), World.Status(volume), World.There(volume).Content), Is.EqualTo(("available", "available", "then")));
    }

    [Test]
    public async Task A_new_volume_is_made_of_it_in_the_child()
    {
        var id = await BackupAsync(await World.VolumeAsync(content: "then"));
        var order = Api.Create(2);
        order.Arguments["request_spec"]!["versioned_object.data"]!["backup_id"] = id;

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.There(order.Id).Content), Is.EqualTo(("available", "then")));
        Assert.That((Source(order.Id), World.VolumeRow(order.Id)["bootable"], Stamp(order.Id)), Is.EqualTo((id, 0L, order.Id)));
    }

    [TestCase(false, "the parent's", TestName = "the volume that was backed up is there")]
    [TestCase(true, "the child's", TestName = "the volume that was backed up is gone")]
    public async Task A_new_volume_of_what_was_bootable_boots_and_tells_of_its_image(bool gone, string image)
    {
        var volume = await World.VolumeAsync();
        World.Rows.Update("volumes", volume, ("bootable", 1));
        World.Rows.Insert("volume_glance_metadata", ("id", 900), ("volume_id", volume), ("key", "image_name"), ("value", "the parent's"));
        var id = await BackupAsync(volume);
        if (gone)
        {
            await World.DoAsync(Api.Delete(volume));
        }

        World.Child.Cinder.Hold("create");
        var order = Api.Create();
        order.Arguments["request_spec"]!["versioned_object.data"]!["backup_id"] = id;
        await World.DeliverAsync(order);
        // The next life does not know of what it is made, unless it is written down.
        await RebornAsync();
        World.Child.Cinder.Change(World.Link(order.Id)!, one => (one.Bootable, one.Status, one.ImageMetadata["image_name"]) = (true, "available", "the child's"));
        await World.LookAsync();

        Assert.That((World.Status(order.Id), World.VolumeRow(order.Id)["bootable"], Source(order.Id)), Is.EqualTo(("available", 1L, id)));
        Assert.That(World.Rows.Texts("SELECT value FROM volume_glance_metadata WHERE volume_id=@p0 AND deleted=0", order.Id), Is.EqualTo(new[] { image }));
    }

    [Test]
    public async Task A_name_in_the_tenants_metadata_makes_no_volume_boot()
    {
        var order = Api.Create();
        World.Rows.Insert("volume_metadata", ("id", 900), ("volume_id", order.Id), ("key", "src_backup_id"), ("value", Guid.NewGuid().ToString()));

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.VolumeRow(order.Id)["bootable"]), Is.EqualTo(("available", 0L)));
    }
}
