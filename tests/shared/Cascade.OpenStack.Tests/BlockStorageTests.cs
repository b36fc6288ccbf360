using System.Text.Json.Nodes;
using Cascade.OpenStack.BlockStorage;
using Cascade.OpenStack.Compute;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>Cinder, and the volumes of servers. What the fake makes of both is what real ones do: attaching is tested on it.</summary>
[TestFixture]
public sealed class BlockStorageTests : CloudTest
{
    private Volumes Volumes => Cloud.BlockStorage.Volumes;

    private Attachments Attachments => Cloud.BlockStorage.Attachments;

    private static JsonObject Connector => new() { ["host"] = "compute-1", ["mountpoint"] = "/dev/vdb" };

    [Test]
    public async Task A_volume_is_made_found_by_its_metadata_and_deleted()
    {
        var image = Fake.Glance.Add("tiny", [1]).Id;
        var wanted = new VolumeCreate { Size = 2, Name = "data", ImageRef = image, Metadata = new Dictionary<string, string> { ["made_for"] = "x" } };
        var made = await Volumes.CreateAsync(Scope.Own, wanted, Now);
        var seen = await Volumes.GetAsync(Scope.Own, made.Id, Now);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, seen.Status, seen.Size, seen.Multiattach), Is.EqualTo(("creating", "available", 2, false)));
            Assert.That((seen.Host, seen.TenantId), Is.EqualTo(("lvm@lvm#lvm", Fake.Keystone.ProjectId)), "as an administrator sees it");
            Assert.That(await IdsAsync(Volumes.ListAsync(Scope.Own, new() { Metadata = ("made_for", "x") }, Now)), Is.EqualTo(new[] { made.Id }));
            Assert.That(await IdsAsync(Volumes.ListAsync(Scope.Own, new() { Metadata = ("made_for", "y") }, Now)), Is.Empty);
            Assert.That(Fake.Matching("POST", "/volumes").Single().Headers["openstack-api-version"], Is.EqualTo("volume 3.70"));
        }

        await Volumes.DeleteMetadataAsync(Scope.Own, made.Id, "made_for", Now);
        await Volumes.DeleteAsync(Scope.Own, made.Id, Now);
        Assert.That(await Volumes.FindAsync(Scope.Own, made.Id, Now), Is.Null);
    }

    [Test]
    public async Task An_attachment_goes_through_its_states_and_a_service_alone_may_end_it()
    {
        var volume = Fake.Cinder.Make(Fake.Keystone.ProjectId);
        var reserved = await Attachments.CreateAsync(Scope.Own, volume.Id, "server-1", Now);
        Assert.That((reserved.Status, reserved.Instance, Status(volume)), Is.EqualTo(("reserved", "server-1", "reserved")));

        var connected = await Attachments.UpdateAsync(Scope.Own, reserved.Id, Connector, Now);
        Assert.That(((string?)connected.ConnectionInfo!["driver_volume_type"], Status(volume)), Is.EqualTo(("iscsi", "attaching")));
        await Attachments.CompleteAsync(Scope.Own, reserved.Id, Now);
        Assert.That((await Volumes.GetAsync(Scope.Own, volume.Id, Now)).Attachments.Single(), Is.EqualTo(new AttachedServer("server-1", reserved.Id, "/dev/vdb")));

        var refused = await FaultOfAsync(() => Attachments.DeleteAsync(Scope.Own, reserved.Id, Now));
        Assert.That((refused.Kind, Status(volume)), Is.EqualTo((FaultKind.Conflict, "in-use")), "bug 2004555");
        await Attachments.DeleteAsync(Scope.Service, reserved.Id, Now);
        Assert.That((Status(volume), await Attachments.FindAsync(Scope.Own, reserved.Id, Now)), Is.EqualTo(("available", (Attachment?)null)));
        Assert.That(Fake.Keystone.Issued, Is.EqualTo(1), "one token for both");
    }

    [Test]
    public async Task A_service_renews_both_of_its_tokens()
    {
        var volume = Fake.Cinder.Make(Fake.Keystone.ProjectId);
        await Volumes.GetAsync(Scope.Service, volume.Id, Now);
        Fake.Keystone.RevokeAll();

        Assert.That((await Volumes.GetAsync(Scope.Service, volume.Id, Now)).Id, Is.EqualTo(volume.Id));
    }

    [Test]
    public async Task Only_the_states_that_an_action_is_for_are_changed()
    {
        var volume = Fake.Cinder.Make(Fake.Keystone.ProjectId);
        await Volumes.RollDetachingAsync(Scope.Own, volume.Id, Now);
        await Volumes.UnreserveAsync(Scope.Own, volume.Id, Now);
        Assert.That(Status(volume), Is.EqualTo("available"));
        Fake.Cinder.Change(volume.Id, one => one.Status = "detaching");
        await Volumes.RollDetachingAsync(Scope.Own, volume.Id, Now);
        Assert.That(Status(volume), Is.EqualTo("in-use"));
    }

    [Test]
    public async Task Refusals_are_told_apart()
    {
        Fake.Cinder.MaxVolumes = 0;
        Assert.That((await FaultOfAsync(() => Volumes.CreateAsync(Scope.Own, new() { Size = 1 }, Now))).Kind, Is.EqualTo(FaultKind.OverQuota));
        var volume = Fake.Cinder.Make(Fake.Keystone.ProjectId);
        Fake.Cinder.Reserve(volume.Id, "server-1");
        var taken = await FaultOfAsync(() => Attachments.CreateAsync(Scope.Own, volume.Id, "server-2", Now));
        Assert.That((taken.Kind, taken.Message), Is.EqualTo((FaultKind.Invalid, $"Invalid volume: Volume {volume.Id} status must be available or downloading to reserve, but the current status is reserved.")));
        Assert.That((await FaultOfAsync(() => Volumes.DeleteAsync(Scope.Own, volume.Id, Now))).Kind, Is.EqualTo(FaultKind.Invalid));
        Assert.That((await FaultOfAsync(() => Attachments.GetAsync(Scope.Own, "nothing", Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task A_server_is_given_a_volume_and_loses_it_in_the_background()
    {
        var (server, volume) = (await ServerAsync(), Fake.Cinder.Make(Fake.Keystone.ProjectId));
        Fake.Nova.Hold("attach-volume", "detach-volume");

        var asked = await Cloud.Compute.Servers.AttachVolumeAsync(Scope.Own, server, new() { VolumeId = volume.Id, Tag = "data" }, Now);
        Assert.That((asked.VolumeId, asked.Tag, Status(volume)), Is.EqualTo((volume.Id, "data", "reserved")));
        Assert.That((await Cloud.Compute.Servers.VolumesAsync(Scope.Own, server, Now)).Single().VolumeId, Is.EqualTo(volume.Id), "listed before the guest has it");
        Fake.Nova.Release("attach-volume");
        _ = await Cloud.Compute.Servers.GetAsync(Scope.Own, server, Now);
        Assert.That(Status(volume), Is.EqualTo("in-use"));

        await Cloud.Compute.Servers.DetachVolumeAsync(Scope.Own, server, volume.Id, Now);
        Assert.That(Status(volume), Is.EqualTo("detaching"));
        Assert.That((await FaultOfAsync(() => Cloud.Compute.Servers.DetachVolumeAsync(Scope.Own, server, volume.Id, Now))).Kind, Is.EqualTo(FaultKind.Invalid), "it is going");
        Fake.Nova.Release("detach-volume");
        Assert.That((await Cloud.Compute.Servers.FindVolumeAsync(Scope.Own, server, volume.Id, Now), Status(volume)), Is.EqualTo(((VolumeAttachment?)null, "available")));
    }

    [Test]
    public async Task A_server_boots_from_volumes_and_leaves_them()
    {
        var volume = Fake.Cinder.Make(Fake.Keystone.ProjectId, edit: one => one.Bootable = true);
        var wanted = new ServerCreate
        {
            Name = "vm", FlavorRef = "1", Networks = ServerNetworks.None,
            BlockDevices = [new() { SourceType = "volume", DestinationType = "volume", Uuid = volume.Id, BootIndex = 0, DeleteOnTermination = false }],
        };
        var made = await Cloud.Compute.Servers.CreateAsync(Scope.Own, wanted, Now);
        var seen = await Cloud.Compute.Servers.GetAsync(Scope.Own, made.Id, Now);
        Assert.That((seen.Status, seen.VolumesAttached!.Single().Id, Status(volume)), Is.EqualTo(("ACTIVE", volume.Id, "in-use")));

        await Cloud.Compute.Servers.DeleteAsync(Scope.Own, made.Id, Now);
        await Fake.UntilAsync(fake => fake.Nova.Find(made.Id)!.Deleted);
        Assert.That(Status(volume), Is.EqualTo("available"));
    }

    [Test]
    public async Task A_server_boots_from_a_bootable_volume_only()
    {
        var volume = Fake.Cinder.Make(Fake.Keystone.ProjectId);
        var wanted = new ServerCreate
        {
            Name = "vm", FlavorRef = "1", Networks = ServerNetworks.None,
            BlockDevices = [new() { SourceType = "volume", DestinationType = "volume", Uuid = volume.Id, BootIndex = 0, DeleteOnTermination = false }],
        };
        Assert.That((await FaultOfAsync(() => Cloud.Compute.Servers.CreateAsync(Scope.Own, wanted, Now))).Message, Does.Contain("is not bootable"));

        await Cloud.BlockStorage.Volumes.SetBootableAsync(Scope.Own, volume.Id, bootable: true, Now);

        Assert.That((await Cloud.Compute.Servers.CreateAsync(Scope.Own, wanted, Now)).Id, Is.Not.Empty);
    }

    private string Status(FakeVolume volume) => Fake.Cinder.Find(volume.Id)!.Status;

    private async Task<string> ServerAsync()
    {
        var image = Fake.Glance.Add("tiny", [1]).Id;
        var made = await Cloud.Compute.Servers.CreateAsync(Scope.Own, new() { Name = "vm", FlavorRef = "1", ImageRef = image, Networks = ServerNetworks.None }, Now);
        await Fake.UntilAsync(fake => fake.Nova.Find(made.Id)!.VmState is "active");
        return made.Id;
    }

    private static async Task<List<string>> IdsAsync(IAsyncEnumerable<Volume> volumes)
    {
        var ids = new List<string>();
        await foreach (var volume in volumes)
        {
            ids.Add(volume.Id);
        }

        return ids;
    }
}
