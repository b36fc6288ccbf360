using System.Text;
using Cascade.OpenStack.BlockStorage;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>What is asked of a child's Cinder does there what it says: states, contents, refusals in cinder's own words.</summary>
[TestFixture]
public sealed class ChildCinderTests : CloudTest
{
    private BlockStorageClient Cinder => Cloud.BlockStorage;

    private FakeCinder There => Fake.Cinder;

    private string Project => Fake.Keystone.ProjectId;

    [Test]
    public async Task Contents_go_along_to_snapshots_clones_backups_and_images()
    {
        var image = Fake.Glance.Add("tiny", Encoding.UTF8.GetBytes("bytes of the image"));
        var volume = await Cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 1, ImageRef = image.Id }, Now);
        Assert.That((await Cinder.Volumes.GetAsync(Scope.Own, volume.Id, Now)).VolumeImageMetadata!["image_name"], Is.EqualTo("tiny"));
        There.Write(volume.Id, "written by a guest");
        var snapshot = await Cinder.Snapshots.CreateAsync(Scope.Own, new() { VolumeId = volume.Id }, Now);
        There.Write(volume.Id, "written later");

        var restored = await Cinder.Volumes.CreateAsync(Scope.Own, new() { SnapshotId = snapshot.Id, Size = 2 }, Now);
        var clone = await Cinder.Volumes.CreateAsync(Scope.Own, new() { SourceVolid = volume.Id }, Now);
        var backup = await Cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = volume.Id }, Now);
        var fromBackup = await Cinder.Volumes.CreateAsync(Scope.Own, new() { BackupId = backup.Id }, Now);
        var upload = await Cinder.Volumes.UploadImageAsync(Scope.Own, clone.Id, new() { ImageName = "up", DiskFormat = "raw" }, Now);
        await Cinder.Volumes.RevertAsync(Scope.Own, volume.Id, snapshot.Id, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Content(restored.Id), Is.EqualTo(("written by a guest", "available", 2)));
            Assert.That(Content(clone.Id), Is.EqualTo(("written later", "available", 1)));
            Assert.That(Content(fromBackup.Id), Is.EqualTo(("written later", "available", 1)));
            Assert.That(Encoding.UTF8.GetString(Fake.Glance.Find(upload.ImageId)!.Bytes!), Is.EqualTo("written later"));
            Assert.That(Content(volume.Id), Is.EqualTo(("written by a guest", "available", 1)), "reverted");
            Assert.That((await Cinder.Volumes.GetAsync(Scope.Own, clone.Id, Now)).Bootable, Is.True, "as its source");
        }

        await Cinder.Volumes.ReimageAsync(Scope.Own, volume.Id, image.Id, reimageReserved: false, Now);
        Assert.That(Content(volume.Id), Is.EqualTo(("bytes of the image", "available", 1)));
        await Cinder.Backups.RestoreAsync(Scope.Own, backup.Id, volume.Id, null, Now);
        Assert.That(Content(volume.Id), Is.EqualTo(("written later", "available", 1)));
    }

    private static IEnumerable<TestCaseData> Transitions()
    {
        yield return Row("create", "creating", "available", "error", async (cinder, _) => (await cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 1 }, Now)).Id);
        yield return Row("extend", "extending", "available", "error_extending", async (cinder, id) => { await cinder.Volumes.ExtendAsync(Scope.Own, id, 2, false, Now); return id; });
        yield return Row("retype", "retyping", "available", "available", async (cinder, id) => { await cinder.Volumes.RetypeAsync(Scope.Own, id, "gold", "never", Now); return id; });
        yield return Row("upload", "uploading", "available", "available", async (cinder, id) => { await cinder.Volumes.UploadImageAsync(Scope.Own, id, new() { ImageName = "up" }, Now); return id; });
        yield return Row("delete", "deleting", null, "error_deleting", async (cinder, id) => { await cinder.Volumes.DeleteAsync(Scope.Own, id, Now); return id; });
    }

    [TestCaseSource(nameof(Transitions))]
    public async Task A_test_holds_what_is_asked_and_lets_it_go_well_or_wrong(string verb, string during, string? well, string wrong, Func<BlockStorageClient, string, Task<string>> ask)
    {
        There.Hold(verb);
        var (first, second) = (await ask(Cinder, There.Make(Project, type: "silver").Id), await ask(Cinder, There.Make(Project, type: "silver").Id));
        Assert.That((await StatusAsync(first), await StatusAsync(second)), Is.EqualTo((during, during)));

        There.Finish(first);
        There.Fail(second);
        Assert.That((await StatusAsync(first), await StatusAsync(second)), Is.EqualTo((well, wrong)));
    }

    [Test]
    public async Task A_status_written_by_hand_is_not_written_over()
    {
        There.Hold("create");
        var made = await Cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 1 }, Now);
        There.Change(made.Id, volume => volume.Status = "error");
        There.Release("create");
        Assert.That(await StatusAsync(made.Id), Is.EqualTo("error"));
    }

    [Test]
    public async Task A_failed_retype_leaves_the_type_and_a_good_one_changes_it()
    {
        There.AddType("silver");
        There.AddType("gold", new Dictionary<string, string> { ["multiattach"] = "<is> True" });
        var volume = There.Make(Project, type: "silver");
        There.Refuse("retype");
        await Cinder.Volumes.RetypeAsync(Scope.Own, volume.Id, "gold", "never", Now);
        Assert.That((There.Find(volume.Id)!.Type, There.Find(volume.Id)!.Multiattach), Is.EqualTo(("silver", false)));
        There.Accept("retype");
        await Cinder.Volumes.RetypeAsync(Scope.Own, volume.Id, "gold", "never", Now);
        Assert.That((There.Find(volume.Id)!.Type, There.Find(volume.Id)!.Multiattach), Is.EqualTo(("gold", true)));
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.RetypeAsync(Scope.Own, volume.Id, "gold", null, Now))).Message, Does.StartWith("Invalid volume: Retype needs volume to be"));
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.RetypeAsync(Scope.Own, volume.Id, "lead", null, Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task Dependents_refuse_a_delete_in_cinders_words_and_cascade_takes_them_along()
    {
        var volume = There.Make(Project);
        var snapshot = There.MakeSnapshot(volume.Id);
        var refused = await FaultOfAsync(() => Cinder.Volumes.DeleteAsync(Scope.Own, volume.Id, Now));
        Assert.That((refused.Kind, refused.Message), Is.EqualTo((FaultKind.Invalid,
            "Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, "
            + "have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.")));

        There.ChangeSnapshot(snapshot.Id, one => one.Status = "creating");
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.DeleteAsync(Scope.Own, volume.Id, cascade: true, Now))).Kind, Is.EqualTo(FaultKind.Invalid));
        await Cinder.Snapshots.ResetStatusAsync(Scope.Own, snapshot.Id, "available", Now);
        await Cinder.Volumes.DeleteAsync(Scope.Own, volume.Id, cascade: true, Now);
        Assert.That((await Cinder.Volumes.FindAsync(Scope.Own, volume.Id, Now), await Cinder.Snapshots.FindAsync(Scope.Own, snapshot.Id, Now)), Is.EqualTo(((Volume?)null, (Snapshot?)null)));
    }

    [Test]
    public async Task A_busy_snapshot_comes_back_with_a_message()
    {
        var snapshot = There.MakeSnapshot(There.Make(Project).Id);
        There.BusySnapshots.Add(snapshot.Id);
        await Cinder.Snapshots.DeleteAsync(Scope.Own, snapshot.Id, Now);
        Assert.That((await Cinder.Snapshots.GetAsync(Scope.Own, snapshot.Id, Now)).Status, Is.EqualTo("available"));
        Assert.That((await AllAsync(Cinder.Messages.ListAsync(Scope.Own, snapshot.Id, Now))).Single().EventId, Is.EqualTo("VOLUME_VOLUME_SNAPSHOT_010_015"));
    }

    [Test]
    public async Task Quota_is_counted_and_refused()
    {
        There.SetQuota(Project, "gigabytes", 10);
        There.SetQuota(Project, "snapshots", 0);
        There.SetQuota(Project, "volumes_gold", 0);
        var volume = There.Make(Project, size: 6, type: "silver");

        var over = await FaultOfAsync(() => Cinder.Volumes.ExtendAsync(Scope.Own, volume.Id, 11, attached: false, Now));
        Assert.That((over.Kind, over.Status, over.Message), Is.EqualTo((FaultKind.OverQuota, (int?)413,
            "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested 5G, quota is 10G and 6G has been consumed.")));
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 5 }, Now))).Kind, Is.EqualTo(FaultKind.OverQuota));
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 1, VolumeType = "gold" }, Now))).Message, Does.EndWith("quota 'volumes_gold'."));
        Assert.That((await FaultOfAsync(() => Cinder.Snapshots.CreateAsync(Scope.Own, new() { VolumeId = There.Make(Project).Id }, Now))).Kind, Is.EqualTo(FaultKind.OverQuota));
        Assert.That((await Cinder.QuotaSets.GetAsync(Scope.Own, Project, Now))["gigabytes"], Is.EqualTo(new QuotaUsage(10, 7, 0)));
        Assert.That((await Cinder.Limits.GetAsync(Scope.Own, null, Now)).TotalVolumesUsed, Is.EqualTo(2));
    }

    [TestCase(false, "taker")]
    [TestCase(true, "giver", TestName = "without its snapshots")]
    public async Task A_volume_goes_to_another_project(bool noSnapshots, string owner)
    {
        var (giver, taker) = (Scope.Project("giver"), Scope.Project("taker"));
        var volume = There.Make("giver");
        var snapshot = There.MakeSnapshot(volume.Id);
        var offer = await Cinder.Transfers.CreateAsync(giver, new() { VolumeId = volume.Id, NoSnapshots = noSnapshots }, Now);
        Assert.That(There.Find(volume.Id)!.Status, Is.EqualTo("awaiting-transfer"));
        Assert.That((await AllAsync(Cinder.Transfers.ListAsync(giver, new() { VolumeId = volume.Id }, Now))).Single().AuthKey, Is.Null);
        Assert.That((await FaultOfAsync(() => Cinder.Transfers.AcceptAsync(taker, offer.Id, "wrong", Now))).Kind, Is.EqualTo(FaultKind.Invalid));

        await Cinder.Transfers.AcceptAsync(taker, offer.Id, offer.AuthKey!, Now);
        Assert.That((There.Find(volume.Id)!.ProjectId, There.Find(volume.Id)!.Status, There.FindSnapshot(snapshot.Id)!.ProjectId), Is.EqualTo(("taker", "available", owner)));
        Assert.That((await FaultOfAsync(() => Cinder.Transfers.AcceptAsync(taker, offer.Id, offer.AuthKey!, Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task A_group_its_snapshot_and_a_group_of_that()
    {
        There.AddType("gold");
        There.AddGroupType("together", new Dictionary<string, string> { ["consistent_group_snapshot_enabled"] = "<is> True" });
        Assert.That((await AllAsync(Cinder.GroupTypes.ListAsync(Scope.Own, everyone: true, Now))).Single().IsConsistent, Is.True);
        var group = await Cinder.Groups.CreateAsync(Scope.Own, new() { GroupType = "together", VolumeTypes = ["gold"] }, Now);
        var volume = await Cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 1, VolumeType = "gold", GroupId = group.Id }, Now);
        There.Write(volume.Id, "in a group");
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.DeleteAsync(Scope.Own, volume.Id, Now))).Kind, Is.EqualTo(FaultKind.Invalid), "it belongs to a group");

        var taken = await Cinder.GroupSnapshots.CreateAsync(Scope.Own, new() { GroupId = group.Id }, Now);
        var copy = await Cinder.Groups.CreateFromSourceAsync(Scope.Own, new() { GroupSnapshotId = taken.Id }, Now);
        var member = (await AllAsync(Cinder.Volumes.ListAsync(Scope.Own, new() { GroupId = copy.Id }, Now))).Single();
        Assert.That((There.Find(member.Id)!.Content, member.Status, There.FindSnapshot(member.SnapshotId!)!.GroupSnapshotId), Is.EqualTo(("in a group", "available", taken.Id)));
        Assert.That((await FaultOfAsync(() => Cinder.Snapshots.DeleteAsync(Scope.Own, member.SnapshotId!, Now))).Message, Is.EqualTo("Invalid snapshot: Snapshot status must be available or error and must not be part of a group."));
        Assert.That((await FaultOfAsync(() => Cinder.Groups.DeleteAsync(Scope.Own, group.Id, deleteVolumes: true, Now))).Message, Is.EqualTo("Invalid Group: Group has existing snapshots."));

        await Cinder.Groups.UpdateAsync(Scope.Own, copy.Id, new() { RemoveVolumes = [member.Id] }, Now);
        Assert.That((await Cinder.Groups.GetAsync(Scope.Own, copy.Id, Now)).Volumes, Is.Empty);
        await Cinder.GroupSnapshots.DeleteAsync(Scope.Own, taken.Id, Now);
        await Cinder.Groups.DeleteAsync(Scope.Own, group.Id, deleteVolumes: true, Now);
        Assert.That((await Cinder.Groups.FindAsync(Scope.Own, group.Id, Now), await Cinder.Volumes.FindAsync(Scope.Own, volume.Id, Now)), Is.EqualTo(((Group?)null, (Volume?)null)));
    }

    [Test]
    public async Task An_increment_keeps_the_backup_that_it_stands_on()
    {
        var volume = There.Make(Project);
        Assert.That((await FaultOfAsync(() => Cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = volume.Id, Incremental = true }, Now))).Kind, Is.EqualTo(FaultKind.Invalid));
        var full = await Cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = volume.Id }, Now);
        var more = await Cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = volume.Id, Incremental = true }, Now);
        Assert.That((await FaultOfAsync(() => Cinder.Backups.DeleteAsync(Scope.Own, full.Id, Now))).Message, Is.EqualTo("Invalid backup: Incremental backups exist for this backup."));
        await Cinder.Backups.DeleteAsync(Scope.Own, more.Id, Now);
        Assert.That((await Cinder.Backups.GetAsync(Scope.Own, full.Id, Now)).HasDependentBackups, Is.False);
        There.Refuse("backup");
        var failed = await Cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = volume.Id }, Now);
        var seen = await Cinder.Backups.GetAsync(Scope.Own, failed.Id, Now);
        Assert.That((seen.Status, seen.FailReason, There.Find(volume.Id)!.Status), Is.EqualTo(("error", "Backup driver failed to create backup.", "available")));
    }

    [Test]
    public async Task Flags_and_metadata_are_set_and_seen()
    {
        var volume = There.Make(Project);
        await Cinder.Volumes.UpdateReadonlyFlagAsync(Scope.Own, volume.Id, true, Now);
        await Cinder.Volumes.SetBootableAsync(Scope.Own, volume.Id, true, Now);
        await Cinder.Volumes.SetMetadataAsync(Scope.Own, volume.Id, new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, Now);
        await Cinder.Volumes.DeleteMetadataAsync(Scope.Own, volume.Id, "a", Now);
        await Cinder.Volumes.SetImageMetadataAsync(Scope.Own, volume.Id, new Dictionary<string, string> { ["os_type"] = "linux", ["x"] = "y" }, Now);
        await Cinder.Volumes.UnsetImageMetadataAsync(Scope.Own, volume.Id, "x", Now);
        var updated = await Cinder.Volumes.UpdateAsync(Scope.Own, volume.Id, new() { Name = "new", Description = "said" }, Now);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(updated.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["b"] = "2", ["readonly"] = "True" }));
            Assert.That(updated.VolumeImageMetadata, Is.EquivalentTo(new Dictionary<string, string> { ["os_type"] = "linux" }));
            Assert.That((updated.Name, updated.Description, updated.Bootable), Is.EqualTo(("new", "said", (bool?)true)));
            Assert.That((await AllAsync(Cinder.Volumes.ListAsync(Scope.Own, new() { Metadata = ("readonly", "True") }, Now))).Count, Is.EqualTo(1), "the administrators' metadata counts");
        }

        There.Change(volume.Id, one => one.Status = "in-use");
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.UpdateReadonlyFlagAsync(Scope.Own, volume.Id, false, Now))).Kind, Is.EqualTo(FaultKind.Invalid));
    }

    [Test]
    public async Task Pools_zones_and_services_belong_together()
    {
        There.SetPools(new FakePool("h@gold#p1", "az1", 100), new FakePool("h@tin#p2", "az2", -1));
        await Cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 30, AvailabilityZone = "az1" }, Now);
        var pools = await Cinder.Pools.ListAsync(Scope.Own, null, Now);
        var services = await Cinder.Services.ListAsync(Scope.Own, "cinder-volume", null, Now);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pools.Select(pool => (pool.Name, pool.Capabilities!.FreeCapacityGb)), Is.EqualTo(new[] { ("h@gold#p1", (double?)70), ("h@tin#p2", double.PositiveInfinity) }));
            Assert.That(pools.Select(pool => services.Single(service => service.Host == pool.Backend).Zone), Is.EqualTo(new[] { "az1", "az2" }));
            Assert.That((await Cinder.AvailabilityZones.ListAsync(Scope.Own, Now)).Select(zone => (zone.Name, zone.IsAvailable)), Is.EqualTo(new[] { ("az1", true), ("az2", true) }));
            Assert.That((await FaultOfAsync(() => Cinder.Volumes.CreateAsync(Scope.Own, new() { Size = 1, AvailabilityZone = "az3" }, Now))).Message, Is.EqualTo("Availability zone 'az3' is invalid."));
            Assert.That((await FaultOfAsync(() => Cinder.Pools.ListAsync(Scope.Project("tenant"), null, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
        }
    }

    [Test]
    public async Task An_operator_takes_a_volume_from_a_server_that_is_gone()
    {
        var volume = There.Make(Project);
        var attachment = await Cinder.Attachments.CreateAsync(Scope.Own, volume.Id, "server-1", Now);
        await Cinder.Attachments.UpdateAsync(Scope.Own, attachment.Id, new() { ["host"] = "compute-1" }, Now);
        await Cinder.Attachments.CompleteAsync(Scope.Own, attachment.Id, Now);
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.ForceDeleteAsync(Scope.Own, volume.Id, Now))).Kind, Is.EqualTo(FaultKind.Invalid), "attached");
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.ForceDetachAsync(Scope.Project(Project), volume.Id, "other", null, Now))).Kind, Is.EqualTo(FaultKind.Invalid));
        await Cinder.Volumes.ForceDetachAsync(Scope.Own, volume.Id, attachment.Id, null, Now);
        Assert.That(await StatusAsync(volume.Id), Is.EqualTo("available"));
        await Cinder.Volumes.ResetStatusAsync(Scope.Own, volume.Id, new() { Status = "error" }, Now);
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.ResetStatusAsync(Scope.Project("tenant"), There.Make("tenant").Id, new() { Status = "error" }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
        await Cinder.Volumes.ForceDeleteAsync(Scope.Own, volume.Id, Now);
        Assert.That(await StatusAsync(volume.Id), Is.Null);
    }

    [Test]
    public async Task A_lost_answer_leaves_a_volume_that_its_metadata_finds()
    {
        Fake.On("POST", "/volumes").DropAfter();
        var wanted = new VolumeCreate { Size = 1, Metadata = new Dictionary<string, string> { ["cascade_parent_id"] = "p" } };
        Assert.That((await FaultOfAsync(() => Cinder.Volumes.CreateAsync(Scope.Own, wanted, Now))).ResultUnknown, Is.True);
        Assert.That(await AllAsync(Cinder.Volumes.ListAsync(Scope.Own, new() { Metadata = ("cascade_parent_id", "p") }, Now)), Has.Count.EqualTo(1));
        Assert.That((Fake.Count("POST", "/volumes"), There.Carrying("cascade_parent_id", "p").Count), Is.EqualTo((1, 1)), "sent once");
    }

    [Test]
    public async Task Ten_thousand_volumes_are_listed_in_ten_pages()
    {
        for (var at = 0; at < 10_000; at++)
        {
            There.Make(Project, edit: volume => volume.Metadata["cascade_parent_id"] = $"{at}");
        }

        Assert.That(await AllAsync(Cinder.Volumes.ListAsync(Scope.Own, new(), Now)), Has.Count.EqualTo(10_000));
        Assert.That((await AllAsync(Cinder.Volumes.ListAsync(Scope.Own, new() { Metadata = ("cascade_parent_id", "4711") }, Now))).Single().Metadata["cascade_parent_id"], Is.EqualTo("4711"));
        Assert.That(Fake.Count("GET", "/volumes/detail"), Is.EqualTo(12), "ten full pages, the empty one after them, and the one found");
    }

    private (string Content, string Status, int Size) Content(string id) => There.Find(id) is { } volume ? (volume.Content, volume.Status, volume.Size) : default;

    private async Task<string?> StatusAsync(string id) => (await Cinder.Volumes.FindAsync(Scope.Own, id, Now))?.Status;

    private static TestCaseData Row(string verb, string during, string? well, string wrong, Func<BlockStorageClient, string, Task<string>> ask) =>
        new TestCaseData(verb, during, well, wrong, ask).SetArgDisplayNames(verb);
}
