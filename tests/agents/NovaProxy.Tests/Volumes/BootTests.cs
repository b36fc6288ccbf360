using System.Text.Json.Nodes;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Wire.Objects;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Volumes;

/// <summary>Servers built with the complete list of mappings.</summary>
public sealed class BootTests : VolumesTest
{
    [Test]
    public async Task Every_kind_of_disk_reaches_the_child()
    {
        var data = Volume(2);
        var vm = new Wanted(
            World,
            edit: row => Flavor(row, ephemeral: 5, swap: 512),
            disks:
            [
                Root(),
                Disk("volume", "volume", -1, disk => (disk["volume_id"], disk["tag"], disk["disk_bus"], disk["device_type"]) = (data, "data", "scsi", "disk")),
                Disk("blank", "local", -1, disk => (disk["volume_size"], disk["guest_format"]) = (512, "swap")),
                Disk("blank", "local", -1, disk => (disk["volume_size"], disk["guest_format"]) = (5, "ext4")),
            ]);
        ReservedFor(vm, data);

        await BuiltAsync(vm);

        var asked = vm.Servers.Single().Asked["server"]!;
        var devices = asked["block_device_mapping_v2"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)asked["imageRef"], Is.EqualTo((string?)devices[0]!["uuid"]).And.Not.Null);
            Assert.That(devices.Select(Words), Is.EqualTo(new[]
            {
                "image>local 0", "blank>local -1 5 ext4", "blank>local -1 512 swap", $"volume>volume -1 {ChildOf(data)} scsi data",
            }));
            Assert.That(World.Conductor.Bdms(vm.Uuid).Select(bdm => (string?)bdm["device_name"]), Is.EqualTo(new[] { "/dev/vda", "/dev/sda", "/dev/vdc", "/dev/vdb" }));
            Assert.That((Status(data), ChildStatus(data)), Is.EqualTo(("in-use", "in-use")));
        }

        string Words(JsonNode? device) => string.Join(' ', new[]
        {
            $"{device!["source_type"]}>{device["destination_type"]}", device["boot_index"]!.ToString(),
            (string?)device["source_type"] == "volume" ? (string?)device["uuid"] : device["volume_size"]?.ToString(),
            (string?)device["guest_format"] ?? (string?)device["disk_bus"], (string?)device["tag"],
        }.OfType<string>());
    }

    [Test]
    public async Task A_server_boots_from_a_volume_and_leaves_it_when_it_is_deleted()
    {
        var root = Volume(4);
        var vm = VolumeBacked(Disk("volume", "volume", 0, disk => disk["volume_id"] = root));
        ReservedFor(vm, root);

        await BuiltAsync(vm);

        var asked = vm.Servers.Single().Asked["server"]!;
        Assert.That((asked["imageRef"], (bool)asked["block_device_mapping_v2"]![0]!["delete_on_termination"]!), Is.EqualTo(((JsonNode?)null, false)));
        Assert.That((Status(root), (string?)World.Row(vm.Uuid)["root_device_name"], (int)Bdm(vm, root)!["volume_size"]!), Is.EqualTo(("in-use", "/dev/vda", 4)));

        await vm.DeleteAsync();
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), Status(root), ChildStatus(root), Parent.Attachments.Count), Is.EqualTo(("deleted", "available", "available", 0)));
    }

    [TestCase("image", true)]
    [TestCase("snapshot", true)]
    [TestCase("blank", false)]
    public async Task A_volume_is_made_in_the_parent_waited_for_and_goes_with_the_instance(string source, bool boots)
    {
        var original = Volume(2, "fast");
        var snapshot = Parent.MakeSnapshot(original);
        var disk = Disk(source, "volume", boots ? 0 : -1, one =>
        {
            (one["volume_size"], one["delete_on_termination"]) = (3, true);
            one["image_id"] = source == "image" ? World.Image.Id : null;
            one["snapshot_id"] = source == "snapshot" ? snapshot.Id : null;
        });
        var vm = boots ? VolumeBacked(disk) : new Wanted(World, disks: [Root(), disk]);
        World.Child.Cinder.Hold("create");
        var building = BuildAsync(vm);
        await World.Child.UntilAsync(_ => World.Of<VolumeLooks>().Waiting == 1);
        Assert.That(World.Row(vm.Uuid)["task_state"]!.ToString(), Is.EqualTo("block_device_mapping"));
        World.Child.Cinder.Release("create");
        World.Of<VolumeLooks>().Nudge();
        await building;
        await World.LookAsync();

        var made = Parent.Volumes.Single(volume => volume.Id != original);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), vm.Fault);
            Assert.That((made.Size, made.Status, made.ProjectId), Is.EqualTo((3, "in-use", World.Project)));
            Assert.That((made.ImageId, made.SnapshotId, made.Name), Is.EqualTo(source switch
            {
                "image" => (World.Image.Id, null, ""),
                "snapshot" => ((string?)null, snapshot.Id, ""),
                _ => (null, null, $"{vm.Uuid}-blank-vol"),
            }));
            Assert.That(made.Metadata, Is.Empty, "a stamp is of no use any more");
            Assert.That(made.Type, Is.EqualTo(source == "snapshot" ? "id-of-fast" : null), "that of the volume it is a snapshot of");
            Assert.That(vm.Servers.Single().Volumes.Single().VolumeId, Is.EqualTo(made.ProviderId));
        }

        await vm.DeleteAsync();
        await World.LookAsync();
        Assert.That((World.State(vm.Uuid), Parent.Volumes.Any(volume => volume.Id == made.Id), World.Child.Cinder.Find(made.ProviderId!)), Is.EqualTo(("deleted", false, (FakeVolume?)null)));
    }

    [Test]
    public Task Killed_at_every_step_there_is_one_volume_and_one_server() => KilledEverywhereAsync(
        () => Task.FromResult(VolumeBacked(FromImage())),
        (vm, death) => BuildAsync(vm, death),
        async (vm, when) =>
        {
            await World.LookAsync();
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"), when + vm.Fault);
            Assert.That((Parent.Volumes.Count, Parent.Attachments.Count, vm.Servers.Count), Is.EqualTo((1, 1, 1)), when);
            Assert.That((Parent.Volumes.Single().Status, vm.Servers.Single().Volumes.Single().VolumeId), Is.EqualTo(("in-use", Parent.Volumes.Single().ProviderId)), when);
            await vm.DeleteAsync();
            await World.LookAsync();
            Assert.That((World.State(vm.Uuid), Parent.Volumes.Count, Parent.Attachments.Count), Is.EqualTo(("deleted", 0, 0)), when);
        },
        atLeast: 10);

    [Test]
    public Task A_delete_that_is_killed_at_every_step_frees_and_deletes_the_volumes() => KilledEverywhereAsync(
        async () =>
        {
            var kept = Volume();
            var vm = new Wanted(World, disks: [Root(), Disk("volume", "volume", -1, disk => disk["volume_id"] = kept), Disk("blank", "volume", -1, disk => (disk["volume_size"], disk["delete_on_termination"]) = (1, true))]);
            ReservedFor(vm, kept);
            await BuiltAsync(vm);
            World.Conductor.EditInstance(vm.Uuid, row => row["task_state"] = "deleting");
            return (Vm: vm, Kept: kept, Call: new Cascade.Contracts.Nova.Compute.TerminateInstance(vm.Envelope()), Context: vm.Ask("delete"));
        },
        async (one, death) =>
        {
            await World.DeliverAsync(one.Call, one.Context, death);
            await World.Of<NovaProxy.Servers.Watching.ServerWatching>().LookAsync(death);
        },
        async (one, when) =>
        {
            await World.LookAsync();
            Assert.That((World.State(one.Vm.Uuid), Status(one.Kept), Parent.Attachments.Count), Is.EqualTo(("deleted", "available", 0)), when);
            Assert.That(Parent.Volumes.Select(volume => volume.Name), Has.None.EndsWith("-blank-vol"), when);
        },
        atLeast: 2);

    static IEnumerable<TestCaseData> Faults()
    {
        yield return Of("POST", "/volumes", 413, "Maximum number of volumes allowed", "the quota");
        yield return Of("POST", "/volumes", 400, "says no", "a wrong type");
        yield return Of("POST", "/volumes", 500, "says no", "Cinder is broken");
        yield return Of("GET", "/volumes/*", 500, "says no", "Cinder cannot be read");
        yield return Of("POST", "/attachments", 400, "says no", "somebody reserved it at once");
        yield return Of("PUT", "/attachments/*", 500, "says no", "the driver refuses");

        static TestCaseData Of(string method, string path, int status, string words, string reason) =>
            new(method, path, status, words) { TestName = $"{reason} ({method} {path} {status})" };
    }

    [TestCaseSource(nameof(Faults))]
    public async Task What_the_parents_Cinder_refuses_ends_the_build_in_its_words(string method, string path, int status, string words)
    {
        var vm = VolumeBacked(FromImage());
        World.Above.On(method, path).Fail(int.MaxValue, status, $$$"""{"badRequest": {"code": {{{status}}}, "message": "{{{(status == 413 ? "VolumeLimitExceeded: Maximum number of volumes allowed (0) exceeded for quota 'volumes'." : "says no")}}}"}}""");

        await BuildAsync(vm);
        World.Above.Heal();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
            Assert.That(vm.Fault, Does.StartWith($"Build of instance {vm.Uuid} aborted: ").And.Contain(words));
            Assert.That((vm.Servers.Count, Parent.Attachments.Count), Is.EqualTo((0, 0)));
            Assert.That(World.Conductor.Rescheduled, Is.Empty, "another host would hear the same");
        }
    }

    [Test]
    public async Task A_volume_that_fails_is_deleted_and_named()
    {
        var vm = VolumeBacked(FromImage());
        World.Child.Cinder.Hold("create");
        var building = BuildAsync(vm);
        await World.Child.UntilAsync(_ => World.Of<VolumeLooks>().Waiting == 1);
        World.Child.Cinder.Change(Parent.Volumes.Single().ProviderId!, volume => volume.Status = "error");
        World.Of<VolumeLooks>().Nudge();
        await building;

        Assert.That(World.State(vm.Uuid), Is.EqualTo("error/-/0"));
        Assert.That(vm.Fault, Does.Contain("did not finish being created even after we waited").And.Contain("its status is error"));
        Assert.That(Parent.Volumes, Is.Empty);
    }

    [Test]
    public async Task A_lost_answer_to_the_making_of_a_volume_is_looked_for()
    {
        var vm = VolumeBacked(FromImage());
        World.Above.On("POST", "/volumes").DropAfter();

        await BuiltAsync(vm);

        Assert.That((Parent.Volumes.Count, Parent.Volumes.Single().Status), Is.EqualTo((1, "in-use")));
    }

    [Test]
    public async Task A_delete_while_the_volume_is_made_leaves_nothing()
    {
        var vm = VolumeBacked(FromImage());
        World.Child.Cinder.Hold("create");
        var building = BuildAsync(vm);
        await World.Child.UntilAsync(_ => World.Of<VolumeLooks>().Waiting == 1);
        World.Child.Cinder.Change(Parent.Volumes.Single().ProviderId!, volume => volume.Status = "available");
        await vm.DeleteAsync();
        await building;
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), Parent.Volumes.Count, vm.Servers.Count), Is.EqualTo(("deleted", 0, 0)));
    }

    [Test]
    public async Task A_build_that_goes_to_another_host_takes_its_volumes_with_it()
    {
        var root = Volume();
        var vm = VolumeBacked(Disk("volume", "volume", 0, disk => (disk["volume_id"], disk["delete_on_termination"]) = (root, true)));
        ReservedFor(vm, root);
        World.Child.Nova.Hold("build");
        await BuildAsync(vm);
        World.Child.Nova.Fail(vm.Link!, "no valid host was found in the child");
        await World.LookAsync();

        Assert.That(World.Conductor.Rescheduled, Has.Count.EqualTo(1));
        Assert.That((Status(root), Bdm(vm, root)!["connection_info"], Parent.Attachments.Count), Is.EqualTo(("available", (JsonNode?)null, 0)), "the conductor reserves it anew");
    }

    [Test]
    public async Task A_volume_that_is_not_in_the_child_ends_the_build()
    {
        var root = Volume();
        var vm = VolumeBacked(Disk("volume", "volume", 0, disk => disk["volume_id"] = root));
        ReservedFor(vm, root);
        Parent.CascadesTo = null;

        await BuildAsync(vm);

        Assert.That((World.State(vm.Uuid), Status(root)), Is.EqualTo(("error/-/0", "available")));
        Assert.That(vm.Fault, Does.Contain($"volume {root} is not in the cloud that holds the instance"));
    }

    [Test]
    public async Task A_volume_in_another_zone_ends_the_build_where_zones_must_agree()
    {
        World.Volumes = new() { CrossAzAttach = false };
        await RebornAsync();
        var root = Volume();
        Parent.Change(root, volume => volume.Zone = "elsewhere");
        var vm = VolumeBacked(Disk("volume", "volume", 0, disk => disk["volume_id"] = root));
        ReservedFor(vm, root);

        await BuildAsync(vm);

        Assert.That(vm.Fault, Does.Contain("are not in the same availability_zone. Instance is in nova. Volume is in "));
    }

    [Test]
    public async Task A_parent_that_does_not_take_the_completion_now_is_told_again_and_the_server_is_not_active_before()
    {
        var root = Volume();
        var vm = VolumeBacked(Disk("volume", "volume", 0, disk => disk["volume_id"] = root));
        ReservedFor(vm, root);
        await BuildAsync(vm);
        World.Above.On("POST", "/attachments/*/action").Fail(int.MaxValue, 503);
        await World.LookAsync();
        Assert.That(World.Row(vm.Uuid)["task_state"]!.ToString(), Is.EqualTo("spawning"));

        World.Above.Heal();
        await World.LookAsync();

        Assert.That((World.State(vm.Uuid), Status(root)), Is.EqualTo(("active/-/1", "in-use")));
    }

    JsonObject FromImage() => Disk("image", "volume", 0, disk => (disk["image_id"], disk["volume_size"], disk["delete_on_termination"]) = (World.Image.Id, 1, true));

    static void Flavor(JsonObject row, int ephemeral, int swap)
    {
        var flavor = row["flavor"]!["nova_object.data"]!;
        (flavor["ephemeral_gb"], flavor["swap"]) = (ephemeral, swap);
    }
}
