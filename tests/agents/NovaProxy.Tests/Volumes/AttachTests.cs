using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Volumes;

public sealed class AttachTests : VolumesTest
{
    [Test]
    public async Task A_volume_is_attached_as_a_native_compute_attaches_it()
    {
        var vm = await ActiveAsync();
        var volume = Volume(3);
        var saves = World.Saves(vm.Uuid).Count;

        await AttachAsync(vm, volume, tag: "data");

        var (bdm, attachment) = (Bdm(vm, volume)!, Parent.Attachments.Single());
        var info = JsonNode.Parse((string)bdm["connection_info"]!)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Status(volume), ChildStatus(volume)), Is.EqualTo(("in-use", "in-use")));
            Assert.That((attachment.Status, (string?)attachment.Connector!["host"], (string?)attachment.Connector["mountpoint"]), Is.EqualTo(("attached", World.Host, "/dev/vdb")));
            Assert.That((string?)attachment.Connector["cascade"]!["child_server_id"], Is.EqualTo(vm.Link));
            Assert.That(Server(vm).Volumes.Single(), Has.Property("VolumeId").EqualTo(ChildOf(volume)).And.Property("Tag").EqualTo("data").And.Property("DeleteOnTermination").False);
            Assert.That(((string?)info["driver_volume_type"], (string?)info["data"]!["child_volume_id"], (string?)info["serial"]), Is.EqualTo(("cascade", ChildOf(volume), volume)));
            Assert.That(((int)bdm["volume_size"]!, (string?)bdm["device_name"]), Is.EqualTo((3, "/dev/vdb")));
            Assert.That(vm.Events[^1], Is.EqualTo("attach_volume:compute_attach_volume=Success"));
            Assert.That(World.Saves(vm.Uuid), Has.Count.EqualTo(saves), "an attach does not touch the instance");
        }
    }

    [Test]
    public async Task The_parents_volume_is_in_use_only_when_the_guest_has_it()
    {
        var vm = await ActiveAsync();
        var volume = Volume();
        World.Child.Nova.Hold("attach-volume");

        var attaching = AttachAsync(vm, volume);
        await World.Child.UntilAsync(_ => World.Of<NovaProxy.Volumes.VolumeLooks>().Waiting == 1);
        Assert.That((Status(volume), attaching.IsCompleted), Is.EqualTo(("attaching", false)));
        World.Child.Nova.Release("attach-volume");
        await attaching;

        Assert.That(Status(volume), Is.EqualTo("in-use"));
    }

    [Test]
    public async Task A_second_delivery_of_an_attach_that_is_done_does_nothing()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        var call = await AskedAsync(vm, volume);
        await World.DeliverAsync(call, vm.Ask("attach_volume"));
        var events = vm.Events.Count;

        await World.DeliverAsync(call, vm.Ask("attach_volume"));

        Assert.That((vm.Events.Count, World.Child.Count("POST", "/servers/*/os-volume_attachments")), Is.EqualTo((events, 1)));
    }

    [Test]
    public Task Killed_at_every_step_the_volume_is_attached_once() => KilledEverywhereAsync(
        async () =>
        {
            var vm = await ActiveAsync();
            var volume = Volume();
            return (Vm: vm, Volume: volume, Call: await AskedAsync(vm, volume), Context: vm.Ask("attach_volume"));
        },
        (one, death) => World.DeliverAsync(one.Call, one.Context, death),
        (one, when) =>
        {
            Assert.That((Status(one.Volume), ChildStatus(one.Volume), Server(one.Vm).Volumes.Count), Is.EqualTo(("in-use", "in-use", 1)), when);
            Assert.That(Bdm(one.Vm, one.Volume)!["connection_info"], Is.Not.Null, when);
            Assert.That(one.Vm.Events[^1], Is.EqualTo("attach_volume:compute_attach_volume=Success"), when);
            return Task.CompletedTask;
        },
        atLeast: 4);

    static IEnumerable<TestCaseData> ServerRefusals()
    {
        yield return Of("parent", "GET", "/volumes/*", 404, "VolumeNotFound", "somebody deleted it");
        yield return Of("parent", "GET", "/volumes/*", 500, "NovaException", "cinder is broken");
        yield return Of("parent", "PUT", "/attachments/*", 500, "NovaException", "the driver refuses");
        yield return Of("parent", "PUT", "/attachments/*", 404, "VolumeAttachmentNotFound", "the attachment is gone");
        yield return Of("parent", "PUT", "/attachments/*", 413, "InvalidInput", "something is too large");
        yield return Of("parent", "POST", "/attachments/*/action", 500, "NovaException", "it cannot be completed");
        yield return Of("child", "POST", "/servers/*/os-volume_attachments", 400, "VolumeAttachFailed", "the child's volume is not free");
        yield return Of("child", "POST", "/servers/*/os-volume_attachments", 403, "VolumeAttachFailed", "too many disks");
        yield return Of("child", "POST", "/servers/*/os-volume_attachments", 409, "VolumeAttachFailed", "the server is locked");
        yield return Of("child", "POST", "/servers/*/os-volume_attachments", 413, "VolumeAttachFailed", "too many requests");
        yield return Of("child", "POST", "/servers/*/os-volume_attachments", 500, "VolumeAttachFailed", "the child is broken");

        static TestCaseData Of(string cloud, string method, string path, int status, string @class, string reason) =>
            new(cloud, method, path, status, @class) { TestName = $"{reason} ({cloud} {method} {path} {status})" };
    }

    [TestCaseSource(nameof(ServerRefusals))]
    public async Task What_fails_is_taken_back_and_may_be_asked_again(string cloud, string method, string path, int status, string @class)
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        var call = await AskedAsync(vm, volume);
        var fake = cloud == "parent" ? World.Above : World.Child;
        fake.On(method, path).Fail(int.MaxValue, status, $$$"""{"badRequest": {"code": {{{status}}}, "message": "says no"}}""");

        var fault = Assert.ThrowsAsync<RpcFault>(() => World.DeliverAsync(call, vm.Ask("attach_volume")))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault.Class, Is.EqualTo(@class), fault.Message);
            Assert.That(vm.Fault, Is.EqualTo(NovaProxy.Parent.FaultText.Message(fault)));
            Assert.That(vm.Events[^1], Is.EqualTo("attach_volume:compute_attach_volume=Error"));
            Assert.That((Status(volume), ChildStatus(volume), Server(vm).Volumes.Count), Is.EqualTo(("available", "available", 0)));
            Assert.That(Bdm(vm, volume), Is.Null);
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
        }

        fake.Heal();
        await AttachAsync(vm, volume);
        Assert.That(Status(volume), Is.EqualTo("in-use"));
    }

    [Test]
    public async Task What_the_child_could_not_attach_after_all_is_taken_back()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        World.Child.Nova.Refuse("attach-volume");

        var fault = Assert.ThrowsAsync<RpcFault>(() => AttachAsync(vm, volume))!;

        Assert.That((fault.Class, Status(volume), Bdm(vm, volume)), Is.EqualTo(("VolumeAttachFailed", "available", (JsonObject?)null)));
        Assert.That(fault.Message, Does.Contain($"the child could not attach volume {ChildOf(volume)}"));
    }

    static IEnumerable<TestCaseData> Silences()
    {
        yield return new("parent", "PUT", "/attachments/*") { TestName = "the answer to the connector is lost" };
        yield return new("parent", "POST", "/attachments/*/action") { TestName = "the answer to the completion is lost" };
        yield return new("child", "POST", "/servers/*/os-volume_attachments") { TestName = "the answer of the child is lost" };
    }

    [TestCaseSource(nameof(Silences))]
    public async Task A_lost_answer_is_looked_for(string cloud, string method, string path)
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        (cloud == "parent" ? World.Above : World.Child).On(method, path).DropAfter();

        await AttachAsync(vm, volume);

        Assert.That((Status(volume), Server(vm).Volumes.Count, vm.Events[^1]), Is.EqualTo(("in-use", 1, "attach_volume:compute_attach_volume=Success")));
    }

    [Test]
    public async Task A_child_that_is_away_puts_it_aside_and_it_goes_on_with_the_child()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        var call = await AskedAsync(vm, volume);
        World.Child.Unreachable = true;
        await World.Of<ChildHealth>().CheckAsync(default);
        Assert.ThrowsAsync<ParkException>(() => World.DeliverAsync(call, vm.Ask("attach_volume")));
        Assert.That(Bdm(vm, volume), Is.Not.Null);

        World.Child.Unreachable = false;
        await World.Of<ChildHealth>().CheckAsync(default);
        await World.DeliverAsync(call, vm.Ask("attach_volume"));

        Assert.That(Status(volume), Is.EqualTo("in-use"));
    }

    [Test]
    public async Task A_volume_that_is_not_in_the_child_is_refused_with_400_before_anything_is_reserved()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        Parent.Change(volume, one => one.ProviderId = null);

        var fault = Assert.ThrowsAsync<RpcFault>(() => ReserveAsync(vm, volume))!;

        Assert.That((fault.Class, fault.Message), Is.EqualTo(("InvalidVolume", $"Invalid volume: volume {volume} is not in the cloud that holds the instance")));
        Assert.That(Bdm(vm, volume), Is.Null);
    }

    [Test]
    public async Task A_volume_of_the_parents_own_backend_is_refused_when_it_says_so_and_is_free_again()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        var call = await AskedAsync(vm, volume);
        Parent.CascadesTo = null;

        var fault = Assert.ThrowsAsync<RpcFault>(() => World.DeliverAsync(call, vm.Ask("attach_volume")))!;

        Assert.That((fault.Class, Status(volume), Bdm(vm, volume)), Is.EqualTo(("InvalidVolume", "available", (JsonObject?)null)));
        Assert.That(fault.Message, Does.Contain("its connection is of type iscsi"));
    }

    [Test]
    public async Task The_mapping_is_answered_with_its_id_and_the_next_free_name()
    {
        var vm = await ActiveAsync();
        var (one, two) = (Volume(), Volume());
        var first = (JsonObject)(await ReserveAsync(vm, one))!["nova_object.data"]!;
        var second = (JsonObject)(await ReserveAsync(vm, two, tag: "t"))!["nova_object.data"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first["id"], Is.Not.Null);
            Assert.That(first["uuid"], Is.Not.Null);
            Assert.That(((string?)first["device_name"], (string?)second["device_name"], (string?)second["tag"]), Is.EqualTo(("/dev/vdb", "/dev/vdc", "t")));
            Assert.That(((string?)first["source_type"], (string?)first["destination_type"], (string?)first["instance_uuid"], first["boot_index"]), Is.EqualTo(("volume", "volume", vm.Uuid, (JsonNode?)null)));
        }
    }

    [Test]
    public async Task A_volume_that_the_instance_has_or_is_to_have_is_refused()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        await ReserveAsync(vm, volume);

        var fault = Assert.ThrowsAsync<RpcFault>(() => ReserveAsync(vm, volume))!;

        Assert.That((fault.Class, fault.Message), Is.EqualTo(("InvalidVolume", $"Invalid volume: volume {volume} already attached")));
        Assert.That(World.Conductor.Bdms(vm.Uuid), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_name_that_an_earlier_life_reserved_and_could_not_answer_is_answered()
    {
        var (vm, volume) = (await ActiveAsync(), Volume());
        var first = await ReserveAsync(vm, volume);
        await RebornAsync();

        var again = await ReserveAsync(vm, volume);

        Assert.That((long)again!["nova_object.data"]!["id"]!, Is.EqualTo((long)first!["nova_object.data"]!["id"]!));
        Assert.That(World.Conductor.Bdms(vm.Uuid), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Several_servers_share_a_volume_and_let_it_go_one_by_one()
    {
        Parent.MultiattachTypes.Add("shared");
        var volume = Volume(type: "shared");
        var (one, two) = (await ActiveAsync(), await ActiveAsync());
        await AttachAsync(one, volume, multiattach: true);
        await AttachAsync(two, volume, multiattach: true);
        Assert.That((Status(volume), Parent.Attachments.Count(at => at.Status == "attached")), Is.EqualTo(("in-use", 2)));

        await DetachAsync(one, volume);
        Assert.That((Status(volume), Server(one).Volumes.Count, Server(two).Volumes.Count), Is.EqualTo(("in-use", 0, 1)));
        await DetachAsync(two, volume);

        Assert.That((Status(volume), ChildStatus(volume)), Is.EqualTo(("available", "available")));
    }
}
