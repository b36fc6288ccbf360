using Cascade.OpenStack.BlockStorage;
using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>What is sent is what cinder's own samples say (api-ref/source/v3/samples, cited by row).</summary>
[TestFixture]
public sealed class BodyTests : CloudTest
{
    private const string Id = "5aa119a8-d25b-45a7-8d1b-88e127885635";

    private static readonly Dictionary<string, string> Note = new() { ["key"] = "v3" };

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("volume-extend-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.ExtendAsync(Scope.Own, "v1", 3, attached: true, Now), """{"os-extend": {"new_size": 3}}""");
        yield return Row("volume-os-retype-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.RetypeAsync(Scope.Own, "v1", "dedup-tier-replicaton", "never", Now), """{"os-retype": {"new_type": "dedup-tier-replicaton", "migration_policy": "never"}}""");
        yield return Row("a retype that leaves the policy to cinder", "POST", "/volumes/v1/action", cinder => cinder.Volumes.RetypeAsync(Scope.Own, "v1", "gold", null, Now), """{"os-retype": {"new_type": "gold"}}""");
        yield return Row("volume-revert-to-snapshot-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.RevertAsync(Scope.Own, "v1", Id, Now), $$$"""{"revert": {"snapshot_id": "{{{Id}}}"}}""");
        yield return Row("volume-os-reimage-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.ReimageAsync(Scope.Own, "v1", Id, reimageReserved: true, Now), $$$"""{"os-reimage": {"image_id": "{{{Id}}}", "reimage_reserved": true}}""");
        yield return Row("volume-bootable-status-update-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.SetBootableAsync(Scope.Own, "v1", true, Now), """{"os-set_bootable": {"bootable": true}}""");
        yield return Row("volume-readonly-update-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.UpdateReadonlyFlagAsync(Scope.Own, "v1", true, Now), """{"os-update_readonly_flag": {"readonly": true}}""");
        yield return Row("volume-image-metadata-set-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.SetImageMetadataAsync(Scope.Own, "v1", Note, Now), """{"os-set_image_metadata": {"metadata": {"key": "v3"}}}""");
        yield return Row("volume-image-metadata-unset-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.UnsetImageMetadataAsync(Scope.Own, "v1", "ramdisk_id", Now), """{"os-unset_image_metadata": {"key": "ramdisk_id"}}""");
        yield return Row("volume-status-reset-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.ResetStatusAsync(Scope.Own, "v1", new() { Status = "available", AttachStatus = "detached", MigrationStatus = "migrating" }, Now), """{"os-reset_status": {"status": "available", "attach_status": "detached", "migration_status": "migrating"}}""");
        yield return Row("volume-force-detach-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.ForceDetachAsync(Scope.Own, "v1", Id, new() { ["initiator"] = "iqn.2012-07.org.fake:01" }, Now), $$$$"""{"os-force_detach": {"attachment_id": "{{{{Id}}}}", "connector": {"initiator": "iqn.2012-07.org.fake:01"}}}""");
        yield return Row("volume-force-delete-request", "POST", "/volumes/v1/action", cinder => cinder.Volumes.ForceDeleteAsync(Scope.Own, "v1", Now), """{"os-force_delete": {}}""");
        yield return Row("volume-metadata-create-request", "POST", "/volumes/v1/metadata", cinder => cinder.Volumes.SetMetadataAsync(Scope.Own, "v1", Note, Now), """{"metadata": {"key": "v3"}}""");
        yield return Row("snapshot-create-request", "POST", "/snapshots", cinder => cinder.Snapshots.CreateAsync(Scope.Own, new() { VolumeId = Id, Name = "snap-001", Description = "Daily backup", Metadata = Note }, Now), $$$$"""{"snapshot": {"name": "snap-001", "description": "Daily backup", "volume_id": "{{{{Id}}}}", "force": true, "metadata": {"key": "v3"}}}""", """{"snapshot": {"id": "s1"}}""");
        yield return Row("a snapshot whose description is taken away", "PUT", "/snapshots/s1", cinder => cinder.Snapshots.UpdateAsync(Scope.Own, "s1", new() { Description = Settable.Null }, Now), """{"snapshot": {"description": null}}""", """{"snapshot": {"id": "s1"}}""");
        yield return Row("snapshot-status-reset-request", "POST", "/snapshots/s1/action", cinder => cinder.Snapshots.ResetStatusAsync(Scope.Own, "s1", "available", Now), """{"os-reset_status": {"status": "available"}}""");
        yield return Row("v3.55/volume-transfers-create-request", "POST", "/volume-transfers", cinder => cinder.Transfers.CreateAsync(Scope.Own, new() { VolumeId = Id, Name = "first volume", NoSnapshots = true }, Now), $$$"""{"transfer": {"volume_id": "{{{Id}}}", "name": "first volume", "no_snapshots": true}}""", """{"transfer": {"id": "t1"}}""");
        yield return Row("volume-transfers-accept-request", "POST", "/volume-transfers/t1/accept", cinder => cinder.Transfers.AcceptAsync(Scope.Own, "t1", "9266c59563c84664", Now), """{"accept": {"auth_key": "9266c59563c84664"}}""");
        yield return Row("backup-create-request", "POST", "/backups", cinder => cinder.Backups.CreateAsync(Scope.Own, new() { VolumeId = Id, Name = "backup001", Description = "Test backup", Metadata = Note }, Now), $$$$"""{"backup": {"volume_id": "{{{{Id}}}}", "name": "backup001", "description": "Test backup", "incremental": false, "force": false, "metadata": {"key": "v3"}}}""", """{"backup": {"id": "b1"}}""");
        yield return Row("backup-restore-request", "POST", "/backups/b1/restore", cinder => cinder.Backups.RestoreAsync(Scope.Own, "b1", Id, "vol-01", Now), $$$"""{"restore": {"name": "vol-01", "volume_id": "{{{Id}}}"}}""", """{"restore": {"backup_id": "b1", "volume_id": "v1", "volume_name": "volume01"}}""");
        yield return Row("group-create-request", "POST", "/groups", cinder => cinder.Groups.CreateAsync(Scope.Own, new() { Name = "first_group", GroupType = "t", VolumeTypes = ["a", "b"], AvailabilityZone = "az0" }, Now), """{"group": {"name": "first_group", "group_type": "t", "volume_types": ["a", "b"], "availability_zone": "az0"}}""", """{"group": {"id": "g1"}}""");
        yield return Row("group-create-from-src-request", "POST", "/groups/action", cinder => cinder.Groups.CreateFromSourceAsync(Scope.Own, new() { Name = "first_group", GroupSnapshotId = Id }, Now), $$$"""{"create-from-src": {"name": "first_group", "group_snapshot_id": "{{{Id}}}"}}""", """{"group": {"id": "g1"}}""");
        yield return Row("group-update-request", "PUT", "/groups/g1", cinder => cinder.Groups.UpdateAsync(Scope.Own, "g1", new() { Name = "my_group", AddVolumes = ["a", "b"], RemoveVolumes = ["c"] }, Now), """{"group": {"name": "my_group", "add_volumes": "a,b", "remove_volumes": "c"}}""");
        yield return Row("group-delete-request", "POST", "/groups/g1/action", cinder => cinder.Groups.DeleteAsync(Scope.Own, "g1", deleteVolumes: false, Now), """{"delete": {"delete-volumes": false}}""");
        yield return Row("group-snapshots-create-request", "POST", "/group_snapshots", cinder => cinder.GroupSnapshots.CreateAsync(Scope.Own, new() { GroupId = Id, Name = "first_group_snapshot" }, Now), $$$"""{"group_snapshot": {"group_id": "{{{Id}}}", "name": "first_group_snapshot"}}""", """{"group_snapshot": {"id": "gs1"}}""");
        yield return Row("quotas-update-request", "PUT", "/os-quota-sets/p1", cinder => cinder.QuotaSets.UpdateAsync(Scope.Own, "p1", new Dictionary<string, int> { ["groups"] = 11, ["volumes_gold"] = -1 }, Now), """{"quota_set": {"groups": 11, "volumes_gold": -1}}""");
    }

    [TestCaseSource(nameof(Rows))]
    public async Task A_body_is_what_cinder_documents(string method, string path, Func<BlockStorageClient, Task> ask, string expected, string answer)
    {
        Fake.On(method, path).FailOnce(202, answer);
        await ask(Cloud.BlockStorage);
        Golden.Match(expected, Fake.Matching(method, path).Single().Body);
    }

    private static TestCaseData Row(string sample, string method, string path, Func<BlockStorageClient, Task> ask, string expected, string answer = "{}") =>
        new TestCaseData(method, path, ask, expected, answer).SetArgDisplayNames(sample);
}
