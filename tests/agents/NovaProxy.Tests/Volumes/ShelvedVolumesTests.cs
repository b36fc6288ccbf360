using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Volumes;

/// <summary>Servers with volumes, shelved and unshelved.</summary>
public sealed class ShelvedVolumesTests : VolumesTest
{
    [Test]
    public async Task A_server_that_boots_from_a_volume_is_stopped_leaves_the_child_and_keeps_its_volume_reserved()
    {
        var root = Volume();
        var vm = await RootedAsync(root);
        var (link, attachment) = (vm.Link!, Bdm(vm, root)!["attachment_id"]!.ToString());
        World.Child.Nova.Hold("stop");
        await vm.OffloadAsync("shelving");
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), vm.Servers.Count), Is.EqualTo(("active/shelving_offloading/1", 1)), "a guest that writes is not cut off from its volume");
        World.Child.Nova.Release("stop");
        await World.LookAsync();
        await World.LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"), vm.Fault);
            Assert.That(vm.Events[^1], Is.EqualTo("shelveOffload:compute_shelve_offload_instance=Success"));
            Assert.That(World.Child.Nova.Find(link)!.Deleted, Is.True);
            Assert.That((Status(root), ChildStatus(root)), Is.EqualTo(("reserved", "available")));
            Assert.That(Parent.Attachments.Select(one => one.Id), Is.EqualTo(new[] { Bdm(vm, root)!["attachment_id"]!.ToString() }).And.Not.Contains(attachment));
            Assert.That((World.Row(vm.Uuid)["host"], World.Above.Placement.Consumers.ContainsKey(vm.Uuid)), Is.EqualTo(((System.Text.Json.Nodes.JsonNode?)null, false)));
        }
    }

    [Test]
    public async Task It_comes_back_from_its_volume_with_what_was_attached_meanwhile()
    {
        var (root, data) = (Volume(), Volume());
        var vm = await OffloadedAsync(root);
        AttachedWhileOffloaded(vm, data);
        await vm.UnshelveAsync();
        await World.LookAsync();

        var asked = vm.Servers.Single().Asked["server"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
            Assert.That(asked["imageRef"], Is.Null);
            Assert.That(asked["block_device_mapping_v2"]!.AsArray().Select(one => (string?)one!["uuid"]), Is.EqualTo(new[] { ChildOf(root), ChildOf(data) }));
            Assert.That((Status(root), Status(data), ChildStatus(root), ChildStatus(data)), Is.EqualTo(("in-use", "in-use", "in-use", "in-use")));
            Assert.That(((string?)Bdm(vm, root)!["device_name"], (string?)Bdm(vm, data)!["device_name"]), Is.EqualTo(("/dev/vda", "/dev/vdb")));
            Assert.That(vm.Events[^1], Is.EqualTo("unshelve:compute_unshelve_instance=Success"));
        }

        await vm.DeleteAsync();
        await World.LookAsync();
        Assert.That((Status(root), Status(data), Parent.Attachments.Count), Is.EqualTo(("available", "available", 0)));
    }

    [Test]
    public async Task One_with_a_disk_of_its_own_goes_into_an_image_and_keeps_its_volume()
    {
        var data = Volume();
        var vm = await WithVolumeAsync(data);
        await vm.OffloadedByShelveAsync();
        Assert.That((Status(data), ChildStatus(data)), Is.EqualTo(("reserved", "available")));

        await vm.UnshelveAsync();
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), Status(data), ChildStatus(data)), Is.EqualTo(("active/-/1", "in-use", "in-use")), vm.Fault);
        Assert.That(vm.Servers.Single().Asked["server"]!["block_device_mapping_v2"]!.AsArray().Select(one => $"{one!["source_type"]}>{one["destination_type"]}"),
            Is.EqualTo(new[] { "image>local", "volume>volume" }));
    }

    [Test]
    public async Task A_guest_that_does_not_stop_stays_with_its_volume()
    {
        var root = Volume();
        var vm = await RootedAsync(root);
        World.Child.On("POST", "/servers/*/action").FailOnce(409, "it is locked");

        Assert.That(async () => await vm.OffloadAsync("shelving"), Throws.InstanceOf<RpcFault>());

        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), vm.Events[^1], Status(root)), Is.EqualTo(("active/-/1", "shelveOffload:compute_shelve_offload_instance=Error", "in-use")));
        Assert.That(vm.Servers, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_parent_that_does_not_renew_an_attachment_now_is_asked_again()
    {
        var root = Volume();
        var vm = await RootedAsync(root);
        World.Above.On("DELETE", "/attachments/*").Fail(int.MaxValue, 503);
        await vm.OffloadAsync("shelving");
        for (var look = 0; look < 3; look++)
        {
            await World.LookAsync();
        }

        Assert.That(World.Row(vm.Uuid)["task_state"]?.ToString(), Is.EqualTo("shelving_offloading"));
        World.Above.Heal();
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), Status(root), Parent.Attachments.Count), Is.EqualTo(("shelved_offloaded/-/4", "reserved", 1)));
    }

    [Test]
    public async Task An_attachment_that_is_not_given_back_holds_until_the_server_comes_again()
    {
        var root = Volume();
        var vm = await RootedAsync(root);
        World.Above.On("POST", "/attachments").Fail(int.MaxValue, 400, """{"badRequest": {"code": 400, "message": "says no"}}""");
        await OffloadAsync(vm);
        Assert.That((World.State(vm.Uuid), Status(root)), Is.EqualTo(("shelved_offloaded/-/4", "in-use")));

        await vm.UnshelveAsync();
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), Status(root), ChildStatus(root)), Is.EqualTo(("active/-/1", "in-use", "in-use")), vm.Fault);
    }

    [Test]
    public async Task A_server_that_the_child_cannot_make_leaves_its_volumes_reserved()
    {
        var root = Volume();
        var vm = await OffloadedAsync(root);
        World.Child.Nova.Hold("schedule", "build");
        await vm.UnshelveAsync();
        World.Child.Nova.Fail(vm.Link!, "No valid host was found.");
        await World.LookAsync();

        Assert.That(World.State(vm.Uuid), Does.StartWith("shelved_offloaded/-/"));
        Assert.That((Status(root), ChildStatus(root), Parent.Attachments.Count), Is.EqualTo(("reserved", "available", 1)));
        World.Child.Nova.Release("schedule", "build");
        await vm.UnshelveAsync();
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), Status(root)), Is.EqualTo(("active/-/1", "in-use")), vm.Fault);
    }

    [Test]
    public async Task A_volume_that_cannot_be_connected_leaves_it_offloaded_and_says_why()
    {
        var root = Volume();
        var vm = await OffloadedAsync(root);
        World.Above.On("PUT", "/attachments/*").Fail(int.MaxValue, 500, """{"computeFault": {"code": 500, "message": "says no"}}""");

        Assert.That(async () => await vm.UnshelveAsync(), Throws.InstanceOf<RpcFault>());

        Assert.That(World.State(vm.Uuid), Does.StartWith("shelved_offloaded/-/"));
        Assert.That((vm.Servers.Count, World.Above.Placement.Consumers.ContainsKey(vm.Uuid)), Is.EqualTo((0, false)));
        Assert.That(vm.Fault, Does.Contain("says no"));
    }

    [Test]
    public Task An_offload_that_is_killed_at_every_step_leaves_one_reserved_attachment() => KilledEverywhereAsync(
        async () =>
        {
            var root = Volume();
            var vm = await RootedAsync(root);
            World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "shelving");
            return (Vm: vm, Root: root, Call: new Contracts.Nova.Compute.ShelveOffloadInstance(vm.Envelope(), true), Context: vm.Ask("shelve"));
        },
        async (one, death) =>
        {
            await World.DeliverAsync(one.Call, one.Context, death);
            for (var look = 0; look < 3; look++)
            {
                await World.Of<NovaProxy.Servers.Watching.ServerWatching>().LookAsync(death);
            }
        },
        async (one, when) =>
        {
            await World.LookAsync();
            Assert.That((World.State(one.Vm.Uuid), Status(one.Root), Parent.Attachments.Count(at => at.VolumeId == one.Root)), Is.EqualTo(("shelved_offloaded/-/4", "reserved", 1)), when);
        },
        atLeast: 5);

    async Task<Wanted> OffloadedAsync(string root)
    {
        var vm = await RootedAsync(root);
        await OffloadAsync(vm);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("shelved_offloaded/-/4"), vm.Fault);
        return vm;
    }

    async Task OffloadAsync(Wanted vm)
    {
        await vm.OffloadAsync("shelving");
        await World.LookAsync();
        await World.LookAsync();
    }

    /// <summary>As nova-api does it then, without a compute (nova/compute/api.py: _attach_volume_shelved_offloaded).</summary>
    void AttachedWhileOffloaded(Wanted vm, string volume)
    {
        var disk = Disk("volume", "volume", null, one => (one["volume_id"], one["attachment_id"], one["instance_uuid"]) = (volume, Parent.Reserve(volume, vm.Uuid), vm.Uuid));
        World.Conductor.AddBdm(disk);
    }
}
