using System.Text;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Support;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

/// <summary>Volumes that become images of the parent, and images that are written over volumes.</summary>
sealed class ImageTests : WorldTest
{
    [Test]
    public async Task The_bytes_arrive_in_the_image_and_nothing_stays_in_the_child()
    {
        var id = await World.VolumeAsync(content: "what the tenant wrote");
        var image = Queue();

        await World.DoAsync(Api.Upload(id, image.Id));

        var there = World.Above.Glance.Find(image.Id)!;
        Assert.That((there.Status, Encoding.UTF8.GetString(there.Bytes!)), Is.EqualTo(("active", "what the tenant wrote")));
        Assert.That((World.Status(id), World.There(id).Status, World.Child.Glance.Images.Count), Is.EqualTo(("available", "available", 0)));
    }

    [Test]
    public async Task A_volume_that_a_server_has_is_uploaded_if_the_child_allows_it()
    {
        World.Child.Cinder.ForceUpload = true;
        var (id, _) = await Attached.AttachAsync(World, await World.VolumeAsync());
        World.Child.Cinder.Write(World.Link(id)!, "live");
        var image = Queue();

        await World.DoAsync(Api.Upload(id, image.Id));

        Assert.That((World.Status(id), Encoding.UTF8.GetString(World.Above.Glance.Find(image.Id)!.Bytes!)), Is.EqualTo(("in-use", "live")));
    }

    [TestCase("upload", TestName = "the child fails in the middle")]
    [TestCase(null, TestName = "the child refuses")]
    public async Task When_it_fails_the_empty_image_goes_and_the_volume_is_itself_again(string? verb)
    {
        var id = await World.VolumeAsync();
        var image = Queue();
        if (verb is null)
        {
            World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "in-use");
        }
        else
        {
            World.Child.Cinder.Refuse(verb);
        }

        await World.DoAsync(Api.Upload(id, image.Id));

        Assert.That((World.Status(id), World.Above.Glance.Find(image.Id), World.Child.Glance.Images.Count), Is.EqualTo(("available", (FakeImage?)null, 0)));
        Assert.That(World.Messages(id), Is.EqualTo(new[] { "003 004" }));
    }

    [Test]
    public async Task A_second_delivery_uploads_no_second_image()
    {
        var id = await World.VolumeAsync(content: "once");
        var image = Queue();
        var order = Api.Upload(id, image.Id);
        await World.DoAsync(order);
        await World.DoAsync(order);

        Assert.That((World.Above.Glance.Find(image.Id)!.Uploads, World.Child.Count("POST", "/volumes/*/action")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Bytes_that_somebody_else_sends_are_waited_for_and_the_image_stays()
    {
        var id = await World.VolumeAsync(content: "on the way");
        var image = Queue();
        World.Above.Glance.SetStatus(image.Id, "saving");
        var order = Api.Upload(id, image.Id);

        Assert.CatchAsync<ParkException>(() => World.ThroughAsync(World.DeliverAsync(order)));
        Assert.That((World.Status(id), World.Above.Glance.Find(image.Id)?.Status), Is.EqualTo(("uploading", "saving")));
        World.Above.Glance.SetStatus(image.Id, "queued");
        await World.DoAsync(order);

        Assert.That((World.Status(id), World.Above.Glance.Find(image.Id)!.Status), Is.EqualTo(("available", "active")));
    }

    [Test]
    public async Task Bytes_that_never_come_to_an_end_are_a_failure_in_the_end()
    {
        var id = await World.VolumeAsync(content: "on the way");
        var image = Queue();
        World.Above.Glance.SetStatus(image.Id, "saving");
        var order = Api.Upload(id, image.Id);
        Assert.CatchAsync<ParkException>(() => World.ThroughAsync(World.DeliverAsync(order)));
        World.Time.Advance(TimeSpan.FromMinutes(11));

        await World.DoAsync(order);

        Assert.That((World.Status(id), World.Above.Glance.Find(image.Id)), Is.EqualTo(("available", (FakeImage?)null)));
        Assert.That(World.Messages(id), Is.EqualTo(new[] { "003 004" }));
    }

    [Test]
    public async Task A_life_after_the_childs_upload_brings_the_image_that_is_there()
    {
        var id = await World.VolumeAsync(content: "once");
        var image = Queue();
        World.Above.On("PUT", "/images/*/file").HoldBefore();
        var order = Api.Upload(id, image.Id);
        var first = World.DeliverAsync(order);
        while (World.Above.Count("PUT", "/images/*/file") == 0)
        {
            await World.LookAsync();
        }

        await World.RebornAsync();
        World.Above.On("PUT", "/images/*/file").FailOnce(409);
        World.Above.Heal();
        await World.ThroughAsync(first);
        await World.DoAsync(order);

        Assert.That((World.Status(id), World.Child.Count("POST", "/volumes/*/action")), Is.EqualTo(("available", 1)));
        Assert.That(Encoding.UTF8.GetString(World.Above.Glance.Find(image.Id)!.Bytes!), Is.EqualTo("once"));
        Assert.That(World.Child.Glance.Images, Is.Empty);
    }

    [Test]
    public async Task Another_image_is_written_over_the_volume_and_said_of_it()
    {
        var id = await World.VolumeAsync(content: "old");
        World.Rows.Insert("volume_glance_metadata", ("id", 900), ("volume_id", id), ("key", "image_name"), ("value", "old"));
        var image = World.Above.Glance.Add("new", Encoding.UTF8.GetBytes("new bytes"));

        await World.DoAsync(Api.Reimage(id, image.Id));

        Assert.That((World.Status(id), World.There(id).Content), Is.EqualTo(("available", "new bytes")));
        Assert.That(World.Rows.Texts("SELECT value FROM volume_glance_metadata WHERE volume_id=@p0 AND key='image_name' AND deleted=0", id), Is.EqualTo(new[] { "new" }));
        Assert.That(World.Above.Count("POST", "/os-server-external-events"), Is.Zero, "no server waits for it");
    }

    [Test]
    public async Task A_server_that_is_being_rebuilt_is_told()
    {
        var id = await World.VolumeAsync();
        var instance = World.Above.Nova.Plant("vm", Api.Project, "u1").Id;
        Api.Reserve(id, instance);
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "reserved");
        var image = World.Above.Glance.Add("new", [1, 2, 3]);

        await World.DoAsync(Api.Reimage(id, image.Id));

        Assert.That(World.Status(id), Is.EqualTo("reserved"));
        Assert.That(World.Above.Matching("POST", "/os-server-external-events").Single().Body, Does.Contain("volume-reimaged").And.Contain(instance));
    }

    [TestCase(true, TestName = "the image is gone")]
    [TestCase(false, TestName = "the child cannot write it")]
    public async Task A_reimage_that_fails_is_an_error(bool gone)
    {
        var id = await World.VolumeAsync();
        var image = World.Above.Glance.Add("new", [1, 2, 3]);
        if (gone)
        {
            World.Above.Glance.Remove(image.Id);
        }

        World.Child.Cinder.Refuse("reimage");

        await World.DoAsync(Api.Reimage(id, image.Id));

        Assert.That(World.Status(id), Is.EqualTo("error"));
        Assert.That(World.Messages(id), Is.EqualTo(new[] { "016 001" }));
    }

    [Test]
    public async Task A_reimage_of_what_has_nothing_in_the_child_is_an_error_and_no_state_without_end()
    {
        var id = Api.Existing(null);

        await World.DoAsync(Api.Reimage(id, World.Above.Glance.Add("new", [1]).Id));

        Assert.That(World.Status(id), Is.EqualTo("error"));
    }

    /// <summary>cinder/volume/api.py: copy_volume_to_image makes the record with both formats.</summary>
    FakeImage Queue()
    {
        var image = World.Above.Glance.Queue("of-volume", Api.Project);
        World.Above.Glance.Edit(image.Id, members => (members["disk_format"], members["container_format"]) = ("raw", "bare"));
        return image;
    }
}
