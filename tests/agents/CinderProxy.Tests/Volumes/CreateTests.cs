using System.Text;
using Cascade.Oslo.Messaging.Rpc;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

sealed class CreateTests : WorldTest
{
    [Test]
    public async Task A_raw_volume_is_the_tenants_in_the_child_and_available_in_the_parent()
    {
        var order = Api.Create(size: 3, name: "data");

        await World.DoAsync(order);

        var (row, seen) = (World.VolumeRow(order.Id), World.There(order.Id));
        Assert.Multiple(() =>
        {
            Assert.That((seen.Status, seen.Size, seen.Name, seen.Type, seen.ProjectId, seen.Zone), Is.EqualTo(("available", 3, "data", "gold", Api.Project, "nova")));
            Assert.That(seen.UserId, Is.EqualTo(World.Child.Keystone.UserId), "our user's, in the tenant's project");
            Assert.That(seen.Metadata["cascade_parent_id"], Is.EqualTo(order.Id));
            Assert.That((row["status"], row["provider_location"], row["shared_targets"]), Is.EqualTo(("available", $"cascade://RegionOne/{seen.Id}", 0L)));
            Assert.That(row["launched_at"], Is.Not.Null);
            Assert.That(row["service_uuid"], Is.EqualTo(World.Rows.Texts("SELECT uuid FROM services WHERE host=@p0", World.Host).Single()));
            Assert.That(World.Workers, Is.Empty);
        });
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task It_is_linked_and_claimed_before_the_child_has_made_it()
    {
        World.Child.Cinder.Hold("create");
        var order = Api.Create();
        await World.DeliverAsync(order);
        await World.LookAsync();

        Assert.That((World.Status(order.Id), World.There(order.Id).Status), Is.EqualTo(("creating", "creating")));
        Assert.That(World.Rows.Number("SELECT service_id FROM workers WHERE resource_id=@p0", order.Id), Is.EqualTo(World.Rows.Number("SELECT id FROM services")));
        World.Child.Cinder.Release("create");
        await World.LookAsync();
        Assert.That(World.Status(order.Id), Is.EqualTo("available"));
    }

    [Test]
    public async Task From_an_image_the_volume_has_the_images_bytes_and_its_properties_under_the_parents_id()
    {
        var image = World.Above.Glance.Add("cirros", Encoding.UTF8.GetBytes("an operating system"));
        World.Above.Glance.Edit(image.Id, members => members["hw_disk_bus"] = "scsi");
        World.Child.Cinder.Hold("download");
        var order = Api.Create(image: image.Id);
        await World.ThroughAsync(World.DeliverAsync(order));
        await World.LookAsync();
        Assert.That(World.Status(order.Id), Is.EqualTo("downloading"));

        World.Child.Cinder.Release("download");
        await World.LookAsync();

        var said = World.Rows.Rows("SELECT key, value FROM volume_glance_metadata WHERE volume_id=@p0 AND deleted=0", order.Id).ToDictionary(row => (string)row["key"]!, row => (string?)row["value"]);
        Assert.Multiple(() =>
        {
            Assert.That(World.There(order.Id).Content, Is.EqualTo("an operating system"));
            Assert.That((World.Status(order.Id), World.VolumeRow(order.Id)["bootable"]), Is.EqualTo(("available", 1L)));
            Assert.That((said["image_id"], said["image_name"], said["hw_disk_bus"], said["size"], said["disk_format"]), Is.EqualTo((image.Id, "cirros", "scsi", "19", "qcow2")));
        });
    }

    [Test]
    public async Task From_a_snapshot_it_holds_what_the_snapshot_holds_and_boots_if_that_one_did()
    {
        var volume = await World.VolumeAsync(2, content: "written before");
        World.Rows.Update("volumes", volume, ("bootable", 1));
        World.Rows.Insert("volume_glance_metadata", ("id", 900), ("volume_id", volume), ("key", "image_name"), ("value", "cirros"));
        var snapshot = await World.SnapshotAsync(volume);
        World.Child.Cinder.Write(World.Link(volume)!, "written after");
        var order = Api.Create(4, snapshot: snapshot);

        await World.DoAsync(order);

        Assert.That((World.There(order.Id).Content, World.There(order.Id).Size, World.VolumeRow(order.Id)["bootable"]), Is.EqualTo(("written before", 4, 1L)));
        Assert.That(World.Rows.Texts("SELECT value FROM volume_glance_metadata WHERE volume_id=@p0 AND key='image_name'", order.Id), Is.EqualTo(new[] { "cirros" }));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_clone_holds_what_its_source_holds_and_may_be_larger()
    {
        var source = await World.VolumeAsync(2, content: "the tenant's");
        var order = Api.Create(3, source: source);

        await World.DoAsync(order);

        Assert.That((World.There(order.Id).Content, World.There(order.Id).Size, World.There(order.Id).SourceVolid), Is.EqualTo(("the tenant's", 3, World.Link(source))));
    }

    [TestCase(FakeCinderApi.Gold, "gold", TestName = "the type of the spec")]
    [TestCase(FakeCinderApi.Silver, "silver", TestName = "another")]
    [TestCase(FakeCinderApi.Plain, null, TestName = "none is the child's own choice")]
    public async Task The_childs_type_is_what_the_parents_type_says(string type, string? childType)
    {
        var order = Api.Create(type: type);

        await World.DoAsync(order);

        Assert.That(World.There(order.Id).Type, Is.EqualTo(childType));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task Without_a_type_of_its_own_the_configured_one_is_taken()
    {
        World.Configuration = "default_child_type = iron";
        await World.RebornAsync();
        var order = Api.Create(type: FakeCinderApi.Plain);

        await World.DoAsync(order);

        Assert.That(World.There(order.Id).Type, Is.EqualTo("iron"));
    }

    [Test]
    public async Task A_volume_with_a_key_of_the_parent_is_refused_and_nothing_is_asked_of_the_child()
    {
        var order = Api.Create(type: FakeCinderApi.Vault, more: ("encryption_key_id", Guid.NewGuid().ToString()));

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Child.Count("POST", "/volumes")), Is.EqualTo(("error", 0)));
        Assert.That(World.Messages(order.Id), Is.EqualTo(new[] { "008 012" }));
        Assert.That((World.Workers.Count, World.Bus.Of("create_volume").Count), Is.EqualTo((0, 0)), "another host could not do it either");
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_the_child_refuses_goes_back_to_the_scheduler_without_a_host()
    {
        World.Child.Cinder.SetQuota(Api.Project, "volumes", 0);
        var order = Api.Create();

        await World.DoAsync(order);

        var (row, asked) = (World.VolumeRow(order.Id), World.Bus.Of("create_volume").Single());
        Assert.Multiple(() =>
        {
            Assert.That((row["status"], row["host"], row["provider_id"]), Is.EqualTo(("creating", (object?)null, (object?)null)));
            Assert.That((asked.Target.Topic, asked.Target.Server, asked.Target.Fanout), Is.EqualTo(("cinder-scheduler", (string?)null, false)));
            Assert.That((string?)asked.Arguments["volume"]!["versioned_object.data"]!["host"], Is.Null);
            Assert.That(asked.Arguments["filter_properties"]!["retry"]!["exc"]!.ToJsonString(), Does.Contain("Maximum number of volumes"), "the child's own words");
            Assert.That(World.Rows.Texts("SELECT COALESCE(service_id, 'none') || status FROM workers"), Is.EqualTo(new[] { "nonecreating" }), "the next host claims it");
            Assert.That(World.Messages(order.Id), Is.EqualTo(new[] { "008 012" }));
        });
    }

    [Test]
    public async Task What_may_not_go_back_is_an_error()
    {
        World.Child.Cinder.SetQuota(Api.Project, "volumes", 0);
        var order = Api.Create(again: false);

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Bus.Of("create_volume").Count, World.Workers.Count), Is.EqualTo(("error", 0, 0)));
        Assert.That(World.VolumeRow(order.Id)["host"], Is.Not.Null);
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_went_wrong_after_the_child_had_taken_it_leaves_nothing_there_and_goes_back()
    {
        World.Child.Cinder.Refuse("create");
        var order = Api.Create();

        await World.DoAsync(order);
        await World.LookAsync();

        Assert.That(World.Child.Cinder.Volumes, Is.Empty);
        Assert.That((World.Status(order.Id), World.VolumeRow(order.Id)["host"], World.Link(order.Id)), Is.EqualTo(("creating", (object?)null, (string?)null)));
        Assert.That(World.Bus.Of("create_volume"), Has.Count.EqualTo(1));
    }

    [TestCase(true, "005 007", TestName = "the child says why, and was seen at it")]
    [TestCase(false, "005 007", TestName = "the child says why, and was not seen at it")]
    [TestCase(null, "005 001", TestName = "the child says nothing")]
    public async Task An_image_that_cannot_be_copied_is_an_error_and_no_other_host_is_asked(bool? seen, string told)
    {
        var image = World.Above.Glance.Add("cirros", Encoding.UTF8.GetBytes("an operating system"));
        World.Child.Cinder.Hold("create");
        var order = Api.Create(image: image.Id);
        await World.ThroughAsync(World.DeliverAsync(order));
        var there = World.Link(order.Id)!;
        if (seen is not false)
        {
            World.Child.Cinder.Hold("download");
        }

        World.Child.Cinder.Refuse("download");
        World.Child.Cinder.Release("create");
        await World.LookAsync();
        if (seen is null)
        {
            World.Child.Cinder.Change(there, volume => volume.Status = "error");
        }

        World.Child.Cinder.Release("download");
        await World.LookAsync();

        Assert.Multiple(() =>
        {
            Assert.That((World.Status(order.Id), World.Bus.Of("create_volume").Count, World.Workers.Count), Is.EqualTo(("error", 0, 0)));
            Assert.That(World.Messages(order.Id), Is.EqualTo(new[] { told }));
            Assert.That((World.VolumeRow(order.Id)["bootable"], World.Child.Cinder.Volumes.Count), Is.EqualTo((0L, 0)));
            Assert.That(World.Rows.Number("SELECT COUNT(*) FROM volume_glance_metadata WHERE volume_id=@p0 AND deleted=0", order.Id), Is.Zero);
        });
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task From_an_image_a_volume_that_the_child_could_not_even_make_is_tried_elsewhere()
    {
        World.Child.Cinder.Refuse("create");
        var order = Api.Create(image: World.Above.Glance.Add("cirros", [1]).Id);

        await World.DoAsync(order);
        await World.LookAsync();

        Assert.That((World.Status(order.Id), World.Bus.Of("create_volume").Count), Is.EqualTo(("creating", 1)));
        Assert.That(World.Messages(order.Id), Is.EqualTo(new[] { "008 012" }));
    }

    [Test]
    public async Task A_hand_back_that_nobody_heard_is_said_again_by_the_next_delivery()
    {
        World.Child.Cinder.SetQuota(Api.Project, "volumes", 0);
        var order = Api.Create();
        World.Bus.Broken = new RpcTimeoutException("no broker");
        Assert.CatchAsync(() => World.DeliverAsync(order));
        World.Bus.Broken = null;

        await World.DeliverAsync(order);

        Assert.That(World.Bus.Of("create_volume"), Has.Count.EqualTo(1));
        Assert.That(World.Child.Count("POST", "/volumes"), Is.EqualTo(1), "the child is not asked again");
    }

    [Test]
    public async Task A_hand_back_that_nobody_heard_and_no_delivery_brings_again_is_an_error_in_the_end()
    {
        World.Configuration = "order_timeout = 60";
        await World.RebornAsync();
        World.Child.Cinder.Hold("create");
        var order = Api.Create();
        await World.DoAsync(order);
        World.Bus.Broken = new RpcTimeoutException("no broker");
        World.Child.Cinder.Fail(World.Link(order.Id)!);
        await World.LookAsync();
        Assert.That((World.Status(order.Id), World.VolumeRow(order.Id)["host"]), Is.EqualTo(("creating", (object?)null)));

        await World.RebornAsync();
        await World.ResumeAsync();

        Assert.That((World.Status(order.Id), World.Workers.Count, World.Messages(order.Id).Count), Is.EqualTo(("error", 0, 1)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_create_is_not_taken_for_lost_while_messages_wait_at_the_broker()
    {
        World.Configuration = "order_timeout = 60";
        await World.RebornAsync();
        var order = Api.Create();
        World.Backlog.IsLeft = true;
        await World.ResumeAsync();
        await World.ResumeAsync();
        Assert.That(World.Status(order.Id), Is.EqualTo("creating"), "its message is among them");

        World.Backlog.IsLeft = false;
        await World.ResumeAsync();
        await World.ResumeAsync();
        Assert.That(World.Status(order.Id), Is.EqualTo("error"));
    }

    [TestCase(null, TestName = "the schedulers have yet to take it")]
    [TestCase("lvm@elsewhere#pool", TestName = "another host has it")]
    public async Task What_was_handed_back_is_left_to_who_has_it(string? host)
    {
        World.Configuration = "order_timeout = 60";
        await World.RebornAsync();
        World.Child.Cinder.Refuse("create");
        var order = Api.Create();
        await World.DoAsync(order);
        await World.LookAsync();
        Assert.That(World.Bus.Of("create_volume"), Has.Count.EqualTo(1));
        World.Rows.Update("volumes", order.Id, ("host", host));

        await World.RebornAsync();
        await World.ResumeAsync();

        Assert.That((World.Status(order.Id), World.Workers), Is.EqualTo(("creating", new[] { "Volume creating" })));
    }

    [Test]
    public async Task A_source_in_another_cloud_is_an_error_for_no_host_could_do_it()
    {
        var source = Api.Existing(null, more: ("host", "lvm@elsewhere#pool"));
        var order = Api.Create(source: source);

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Child.Count("POST", "/volumes"), World.Bus.Of("create_volume").Count), Is.EqualTo(("error", 0, 0)));
    }

    [Test]
    public async Task A_lost_answer_is_adopted_and_there_are_never_two()
    {
        World.Child.On("POST", "/volumes").DropAfter();
        var order = Api.Create();

        await World.DoAsync(order);

        Assert.That(World.Child.Cinder.Volumes.Select(volume => volume.Id), Is.EqualTo(new[] { World.Link(order.Id) }));
        Assert.That(World.Status(order.Id), Is.EqualTo("available"));
    }

    [Test]
    public async Task A_second_delivery_of_the_same_create_adopts_what_a_life_before_the_link_made()
    {
        World.Child.On("POST", "/volumes").HoldAfter();
        var order = Api.Create();
        var first = World.DeliverAsync(order);
        await World.Child.UntilAsync(cloud => cloud.Cinder.Volumes.Count == 1);
        await World.RebornAsync();
        await World.DoAsync(order);
        World.Child.Heal();
        await first;

        Assert.That(World.Child.Cinder.Volumes.Select(volume => volume.Id), Is.EqualTo(new[] { World.Link(order.Id) }));
        Assert.That(World.Status(order.Id), Is.EqualTo("available"));
    }

    [Test]
    public async Task A_delivery_after_the_end_changes_nothing()
    {
        var order = Api.Create();
        await World.DoAsync(order);
        var before = World.VolumeRow(order.Id);

        await World.DoAsync(order);

        Assert.That(World.VolumeRow(order.Id), Is.EqualTo(before));
        Assert.That(World.Child.Count("POST", "/volumes"), Is.EqualTo(1));
    }

    [TestCase("tenant", true, TestName = "made by a tenant in his project")]
    [TestCase(null, false, TestName = "made by us for another project")]
    public async Task A_stamp_that_is_not_ours_is_not_taken(string? user, bool own)
    {
        var order = Api.Create();
        var forged = World.Child.Cinder.Make(own ? Api.Project : "other", edit: volume =>
        {
            volume.UserId = user ?? World.Child.Keystone.UserId;
            volume.Metadata["cascade_parent_id"] = order.Id;
            volume.Metadata["cascade_host"] = World.Host;
        });

        await World.DoAsync(order);

        Assert.That(World.Link(order.Id), Is.Not.EqualTo(forged.Id));
        Assert.That(World.There(order.Id).UserId, Is.EqualTo(World.Child.Keystone.UserId));
        Assert.That(World.Child.Cinder.Find(forged.Id)!.Status, Is.EqualTo("available"), "and it is left alone");
    }

    [Test]
    public async Task While_the_child_is_away_the_message_is_parked_and_the_row_waits()
    {
        var order = Api.Create();
        World.Child.Unreachable = true;
        Assert.CatchAsync<ParkException>(() => World.DeliverAsync(order));
        Assert.That((World.Status(order.Id), World.Workers), Is.EqualTo(("creating", new[] { "Volume creating" })));

        World.Child.Unreachable = false;
        await World.Of<Cascade.Agent.Child.ChildHealth>().CheckAsync(default);
        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Child.Cinder.Volumes.Count), Is.EqualTo(("available", 1)));
    }

    [Test]
    public async Task While_the_parents_database_is_away_the_message_is_parked()
    {
        var order = Api.Create();
        World.Rows.Hide();
        Assert.CatchAsync<ParkException>(() => World.DeliverAsync(order));
        World.Rows.Show();

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Child.Cinder.Volumes.Count), Is.EqualTo(("available", 1)));
    }

    [Test]
    public async Task A_volume_of_another_host_is_not_touched()
    {
        var order = Api.Create(more: ("host", "lvm@elsewhere#pool"));

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Child.Cinder.Volumes.Count), Is.EqualTo(("creating", 0)));
    }
}
