using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Tests.Servers;
using Cascade.NovaProxy.Volumes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Tests.Volumes;

/// <summary>swap_volume, remove_volume_connection, volume-extended, and the names of devices.</summary>
public sealed class OtherCallTests : VolumesTest
{
    [TestCase(true, null)]
    [TestCase(false, null)]
    [TestCase(true, "migrating")]
    public async Task A_swap_is_declined_and_everything_put_back(bool newStyle, string? migration)
    {
        var (old, other) = (Volume(), Volume());
        var vm = await WithVolumeAsync(old);
        Parent.BeginDetaching(old);
        var attachment = newStyle ? Parent.Reserve(other, vm.Uuid) : null;
        Parent.Change(old, volume => volume.MigrationStatus = migration);
        if (!newStyle)
        {
            Parent.Change(other, volume => volume.Status = "attaching");
        }

        var fault = Assert.ThrowsAsync<RpcFault>(() => World.DeliverAsync(new SwapVolume(vm.Envelope(), old, other, attachment), vm.Ask("swap_volume")))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Status(old), Status(other), Parent.Attachments.Count), Is.EqualTo(("in-use", "available", 1)));
            Assert.That(Parent.Find(old)!.MigrationStatus, Is.EqualTo(migration is null ? null : "error"));
            Assert.That((vm.Events[^1], vm.Fault), Is.EqualTo(("swap_volume:compute_swap_volume=Error", fault.Message)));
            Assert.That(Server(vm).Volumes.Single().VolumeId, Is.EqualTo(ChildOf(old)));
        }
    }

    [TestCase(false, "in-use", 1)]
    [TestCase(true, "available", 0)]
    public async Task A_connection_is_removed_and_the_mapping_stays(bool withAttachment, string status, int attachments)
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);

        await World.DeliverAsync(new RemoveVolumeConnection(vm.Envelope(), volume, withAttachment), vm.Ask("x"));

        Assert.That((Status(volume), Parent.Attachments.Count, Server(vm).Volumes.Count, Bdm(vm, volume) is null), Is.EqualTo((status, attachments, 0, false)));
    }

    [Test]
    public async Task A_connection_of_a_volume_that_it_does_not_have_is_removed_already()
    {
        var vm = await ActiveAsync();

        Assert.That(await World.DeliverAsync(new RemoveVolumeConnection(vm.Envelope(), Volume()), vm.Ask("x")), Is.Null);
    }

    [Test]
    public async Task The_mapping_learns_the_size_of_an_extended_volume()
    {
        var volume = Volume(1);
        var vm = await WithVolumeAsync(volume);
        Parent.Change(volume, one => one.Size = 7);

        await ExtendedAsync(vm, volume);

        Assert.That(((int)Bdm(vm, volume)!["volume_size"]!, vm.Events[^1]), Is.EqualTo((7, "extend_volume:compute_extend_volume=Success")));
    }

    [Test]
    public async Task An_extension_that_cannot_be_read_is_an_error_of_its_event()
    {
        var volume = Volume(1);
        var vm = await WithVolumeAsync(volume);
        World.Above.On("GET", "/volumes/*").Fail(int.MaxValue, 500);

        await ExtendedAsync(vm, volume);

        Assert.That(((int)Bdm(vm, volume)!["volume_size"]!, vm.Events[^1]), Is.EqualTo((1, "extend_volume:compute_extend_volume=Error")));
    }

    [Test]
    public async Task A_server_that_another_will_follow_keeps_its_volumes_reserved()
    {
        var volume = Volume();
        var vm = await WithVolumeAsync(volume);
        var old = Parent.Attachments.Single().Id;
        World.Child.Nova.Change(vm.Link!, server => server.Volumes.Clear());
        World.Child.Cinder.DetachByHand(ChildOf(volume));

        await World.Of<InstanceVolumes>().RenewAsync(vm.Envelope(), vm.Ask("shelve"), default);
        await World.Of<InstanceVolumes>().RenewAsync(vm.Envelope(), vm.Ask("shelve"), default);

        var now = Parent.Attachments.Single();
        Assert.That((Status(volume), now.Status, (string?)Bdm(vm, volume)!["attachment_id"]), Is.EqualTo(("reserved", "reserved", now.Id)));
        Assert.That(now.Id, Is.Not.EqualTo(old));
    }

    [Test]
    public async Task A_volume_that_leaves_the_child_behind_the_parents_back_is_said_once_and_nothing_is_written()
    {
        var (gone, kept) = (Volume(), Volume());
        var vm = await WithVolumeAsync(gone);
        await AttachAsync(vm, kept);
        var audit = World.Of<VolumeAudit>();
        World.Child.Nova.Change(vm.Link!, server => server.Volumes.RemoveAt(0));
        var said = World.Conductor.Calls.Count;
        await audit.LookAsync(default);
        Assert.That(World.Said(4712), Is.Empty, "it may be on its way");

        await audit.LookAsync(default);
        await audit.LookAsync(default);

        Assert.That(World.Said(4712), Is.EqualTo(new[] { $"Volume {gone} of {vm.Uuid} was detached in the child, not by this cloud" }));
        Assert.That(World.Conductor.Calls.Skip(said).Select(call => call.ObjectMethod), Has.All.Contains(".get_by"));
    }

    [TestCase("virtio", null, "/dev/vdd")]
    [TestCase(null, null, "/dev/vdd")]
    [TestCase("scsi", null, "/dev/sda")]
    [TestCase("ide", null, "/dev/hda")]
    [TestCase(null, "cdrom", "/dev/hda")]
    [TestCase("nonsense", "floppy", "/dev/fda")]
    public void A_device_gets_the_next_free_letter_of_its_bus(string? bus, string? type, string name) =>
        Assert.That(DeviceNames.Next(Named("/dev/vda", "/dev/vdb", "/dev/vdc"), bus, type, _ => null, -1), Is.EqualTo(name));

    [Test]
    public void Letters_go_on_after_z_and_gaps_are_filled()
    {
        var many = Enumerable.Range('a', 26).Select(letter => $"/dev/vd{(char)letter}").ToArray();

        Assert.That(DeviceNames.Next(Named(many), null, null, _ => null, -1), Is.EqualTo("/dev/vdaa"));
        Assert.That(DeviceNames.Next(Named("/dev/vda", "/dev/vdc"), null, null, _ => null, -1), Is.EqualTo("/dev/vdb"));
        Assert.That(DeviceNames.Next([], null, null, name => name == "hw_disk_bus" ? "sata" : null, -1), Is.EqualTo("/dev/sda"));
    }

    [TestCase(3, "virtio")]
    [TestCase(-1, "ide")]
    public void Too_many_disks_are_refused_with_403(int most, string bus)
    {
        var prefix = bus == "ide" ? "hd" : "vd";
        var there = Named([.. Enumerable.Range('a', bus == "ide" ? 4 : 3).Select(letter => $"/dev/{prefix}{(char)letter}")]);

        var fault = Assert.Throws<RpcFault>(() => DeviceNames.Next(there, bus, null, _ => null, most))!;

        Assert.That((fault.Class, (int)fault.Kwargs["code"]!), Is.EqualTo(("TooManyDiskDevices", 403)));
    }

    static VersionedObject[] Named(params string[] names) =>
        [.. names.Select(name => new VersionedObject(ObjectDialect.Nova, "BlockDeviceMapping", "1.20", new() { ["device_name"] = name }))];

    Task ExtendedAsync(Wanted vm, string volume) => World.DeliverAsync(
        new ExternalInstanceEvent(
            [vm.Envelope()],
            [new(ObjectDialect.Nova, "InstanceExternalEvent", "1.4", new() { ["instance_uuid"] = vm.Uuid, ["name"] = "volume-extended", ["tag"] = volume, ["status"] = "completed" })]),
        vm.Ask("extend_volume"));
}
