using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Volumes;

/// <summary>What is done to a server that boots from a volume: rebuilt, rescued, resized.</summary>
public sealed class RootedTests : VolumesTest
{
    [TestCase(true, TestName = "A rebuild with another image (2.93) writes it over the child's volume, and the parent's says so")]
    [TestCase(false, TestName = "A rebuild that keeps the volume leaves what is on it")]
    public async Task A_rebuild(bool reimages)
    {
        var root = Volume();
        var vm = await RootedAsync(root);
        var image = World.Above.Glance.Add("other", [9, 9, 9]);
        World.Above.Glance.Edit(image.Id, members => members["hw_disk_bus"] = "scsi");
        World.Child.Cinder.Change(ChildOf(root), volume =>
        {
            volume.Content = "what the tenant wrote";
            volume.ImageMetadata["image_id"] = "a copy that was reaped";
        });
        Parent.Change(root, volume =>
        {
            volume.ImageMetadata["image_id"] = reimages ? "the one before" : image.Id;
            volume.ImageMetadata["os_distro"] = "plan9";
        });
        var (link, attachment) = (vm.Link!, Bdm(vm, root)!["attachment_id"]!.ToString());

        await RebuildAsync(vm, image, reimages);
        await World.LookAsync();

        var below = World.Child.Cinder.Find(ChildOf(root))!;
        var words = Parent.Find(root)!.ImageMetadata;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
            Assert.That(vm.Events[^1], Is.EqualTo("rebuild:compute_rebuild_instance=Success"));
            Assert.That(below.Content, reimages ? Is.EqualTo("\t\t\t") : Is.EqualTo("what the tenant wrote"));
            Assert.That((Status(root), ChildStatus(root), vm.Link, (string?)Bdm(vm, root)!["attachment_id"]), Is.EqualTo(("in-use", "in-use", link, attachment)));
            Assert.That(words["image_id"], Is.EqualTo(image.Id));
            Assert.That((words.ContainsKey("os_distro"), words.GetValueOrDefault("hw_disk_bus")), Is.EqualTo((!reimages, reimages ? "scsi" : null)), "of the image that is on it");
            Assert.That((string?)World.Row(vm.Uuid)["image_ref"], Is.Empty, "the sign that it boots from a volume");
        }
    }

    [Test]
    public async Task A_parent_that_does_not_take_the_new_image_now_is_told_again()
    {
        var root = Volume();
        var vm = await RootedAsync(root);
        var image = World.Above.Glance.Add("other", [9]);
        await RebuildAsync(vm, image, reimages: true);
        World.Above.On("POST", "/volumes/*/action").Fail(int.MaxValue, 503);
        await World.LookAsync();
        Assert.That(World.Row(vm.Uuid)["task_state"]?.ToString(), Is.EqualTo("rebuild_spawning"));
        World.Above.Heal();
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), Parent.Find(root)!.ImageMetadata["image_id"]), Is.EqualTo(("active/-/1", image.Id)));
    }

    [Test]
    public async Task A_parent_that_refuses_to_note_the_image_does_not_keep_the_server_from_its_end()
    {
        var vm = await RootedAsync(Volume());
        World.Above.On("POST", "/volumes/*/action").Fail(int.MaxValue, 403, "no");
        await RebuildAsync(vm, World.Above.Glance.Add("other", [9]), reimages: true);
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
    }

    [TestCase(true, "rescued/-/1")]
    [TestCase(false, "active/-/1", TestName = "A rescue image without a stable device is refused by the child")]
    public async Task A_rescue_and_the_way_back(bool stable, string state)
    {
        var root = Volume();
        var vm = await RootedAsync(root);
        var image = World.Above.Glance.Add("medium", [7, 7]);
        if (stable)
        {
            World.Above.Glance.Edit(image.Id, members => (members["hw_rescue_device"], members["hw_rescue_bus"]) = ("cdrom", "usb"));
        }

        try
        {
            await vm.RescueAsync(image.Id);
        }
        catch (RpcFault)
        {
            // Told in fault and event, too.
        }

        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), Status(root), ChildStatus(root)), Is.EqualTo((state, "in-use", "in-use")), vm.Fault);
        if (stable)
        {
            await vm.UnrescueAsync();
            await World.LookAsync();
            Assert.That((World.State(vm.Uuid), Status(root)), Is.EqualTo(("active/-/1", "in-use")), vm.Fault);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_resize_keeps_its_volumes(bool confirmed)
    {
        var (root, data) = (Volume(), Volume());
        var vm = await RootedAsync(root);
        await AttachAsync(vm, data);
        var resize = new Resizing(World, vm);
        await resize.ResizedAsync();
        await (confirmed ? resize.ConfirmAsync() : resize.RevertAsync());
        await World.LookAsync();
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
        Assert.That((Status(root), Status(data), ChildStatus(root), ChildStatus(data), Parent.Attachments.Count), Is.EqualTo(("in-use", "in-use", "in-use", "in-use", 2)));
        await DetachAsync(vm, data);
        Assert.That((Status(data), ChildStatus(data)), Is.EqualTo(("available", "available")));
    }

    /// <summary>As nova-api begins it: the image goes into the row's image words, and not into its image_ref (nova/compute/api.py: rebuild).</summary>
    async Task RebuildAsync(Wanted vm, FakeImage image, bool reimages)
    {
        World.Conductor.EditInstance(vm.Uuid, row =>
        {
            row["system_metadata"]!["image_base_image_ref"] = image.Id;
            row["task_state"] = "rebuilding";
        });
        await World.DeliverAsync(new Contracts.Nova.Compute.RebuildInstance(vm.Envelope(), image.Id, image.Id, NewPass: "n3w", ReimageBootVolume: reimages), vm.Ask("rebuild"));
    }
}
