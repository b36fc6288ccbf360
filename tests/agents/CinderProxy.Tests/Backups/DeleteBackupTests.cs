using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Backups;

sealed class DeleteBackupTests : BackupTest
{
    [Test]
    public async Task Row_and_quota_go_when_the_child_has_let_go_and_not_before()
    {
        var id = await BackupAsync(await World.VolumeAsync(3));
        World.Child.Cinder.Hold("delete-backup");
        await DoAsync(Api.DeleteBackup(id));
        Assert.That((Status(id), Row(id)["deleted"], Api.Quota.InUse["backup_gigabytes"]), Is.EqualTo(("deleting", 0L, 3)));

        World.Child.Cinder.Release("delete-backup");
        await LookAsync();

        Assert.That((Status(id), Row(id)["deleted"], World.Child.Cinder.Backups.Count), Is.EqualTo(("deleted", 1L, 0)));
        Assert.That(Api.Quota.InUse.Keys, Has.None.StartsWith("backup"));
        Assert.That(World.Rows.Texts("SELECT deleted FROM backup_metadata WHERE backup_id=@p0", id), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task What_it_added_to_counts_one_less_and_may_go_then()
    {
        var volume = await World.VolumeAsync();
        var full = await BackupAsync(volume);
        var increment = await BackupAsync(volume, parent: full);
        await DoAsync(Api.DeleteBackup(full));
        Assert.That(Status(full), Is.EqualTo("error"));
        Assert.That(Reason(full), Does.Contain("Incremental backups exist for this backup."));

        await DoAsync(Api.DeleteBackup(increment));
        Assert.That((Status(increment), Row(full)["num_dependent_backups"]), Is.EqualTo(("deleted", 0L)));
        await DoAsync(Api.DeleteBackup(full));

        Assert.That((Status(full), World.Child.Cinder.Backups.Count), Is.EqualTo(("deleted", 0)));
    }

    [Test]
    public async Task What_the_child_cannot_delete_is_seen_by_the_tenant_and_goes_at_the_next_try()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        World.Child.Cinder.Refuse("delete-backup");
        await DoAsync(Api.DeleteBackup(id));
        Assert.That((Status(id), Reason(id)), Is.EqualTo(("error", "the backup is error_deleting in the child")));
        Assert.That(World.Messages(id), Is.EqualTo(new[] { "014 025" }));
        Assert.That(Api.Quota.InUse["backups"], Is.EqualTo(1));

        World.Child.Cinder.Accept("delete-backup");
        await DoAsync(Api.DeleteBackup(id));

        Assert.That((Status(id), World.Child.Cinder.Backups.Count), Is.EqualTo(("deleted", 0)));
    }

    [Test]
    public async Task One_that_is_gone_in_the_child_is_gone()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        World.Child.Cinder.VanishBackup(There(id).Id);

        await DeliverAsync(Api.DeleteBackup(id));

        Assert.That(Status(id), Is.EqualTo("deleted"), "without a look");
    }

    [Test]
    public async Task One_of_another_child_s_is_not_taken_for_gone()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        World.Rows.Update("backups", id, ("service_metadata", $"cascade://cproxy@child2/{Guid.NewGuid()}"));

        await DoAsync(Api.DeleteBackup(id));

        Assert.That((Status(id), Row(id)["deleted"]), Is.EqualTo(("error", 0L)));
        Assert.That(Reason(id), Does.Contain("cproxy@child2").And.Contain("availability zone of its own"));
    }

    [Test]
    public async Task One_of_a_native_driver_s_is_not_taken_for_gone()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        World.Rows.Update("backups", id, ("service_metadata", null), ("service", "cinder.backup.drivers.swift.SwiftBackupDriver"));

        await DoAsync(Api.DeleteBackup(id));

        Assert.That((Status(id), Row(id)["deleted"]), Is.EqualTo(("error", 0L)));
    }

    [Test]
    public async Task One_that_failed_before_the_child_had_it_goes()
    {
        var order = Api.Backup(Api.Existing(null, more: ("host", "native@lvm#lvm")));
        await DoAsync(order);

        await DoAsync(Api.DeleteBackup(order.Id));

        Assert.That(Status(order.Id), Is.EqualTo("deleted"));
        Assert.That(Api.Quota.InUse.Keys, Has.None.StartsWith("backup"));
    }

    [Test]
    public async Task Forced_it_goes_while_it_is_made_and_the_volume_is_free()
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.Hold("backup");
        var order = Api.Backup(volume);
        await DoAsync(order);

        await DoAsync(Api.DeleteBackup(order.Id));

        Assert.That((Status(order.Id), World.Status(volume), World.Child.Cinder.Backups.Count), Is.EqualTo(("deleted", "available", 0)));
        Assert.That(World.Child.Matching("POST", "/backups/*/action"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_volume_that_another_backup_is_made_of_stays_with_it()
    {
        var volume = await World.VolumeAsync();
        var old = await BackupAsync(volume);
        World.Child.Cinder.Hold("backup");
        await DoAsync(Api.Backup(volume));

        await DoAsync(Api.DeleteBackup(old));

        Assert.That((Status(old), World.Status(volume)), Is.EqualTo(("deleted", "backing-up")));
    }

    [TestCase(false, TestName = "a volume that the API has just taken")]
    [TestCase(true, TestName = "a snapshot that the API has just taken")]
    public async Task What_the_API_has_just_taken_for_another_backup_is_not_freed_by_the_end_of_an_old_one(bool ofSnapshot)
    {
        var volume = await World.VolumeAsync();
        var snapshot = ofSnapshot ? await World.SnapshotAsync(volume) : null;
        var old = Api.Backup(volume, snapshot);
        await DoAsync(old);
        World.Child.Cinder.Hold("delete-backup");
        await DoAsync(Api.DeleteBackup(old.Id));

        // The state comes first, and the row of the backup in a transaction after it (cinder/backup/api.py: API.create).
        World.Rows.Run(snapshot is null ? "UPDATE volumes SET previous_status=status, status='backing-up' WHERE id=@p0" : "UPDATE snapshots SET status='backing-up' WHERE id=@p0", snapshot ?? volume);
        World.Child.Cinder.Release("delete-backup");
        await LookAsync();

        Assert.That((Status(old.Id), World.Rows.Row(ofSnapshot ? "snapshots" : "volumes", snapshot ?? volume)["status"]), Is.EqualTo(("deleted", "backing-up")));
    }

    [Test]
    public async Task A_second_delivery_after_a_failure_deletes_nothing_that_the_tenant_was_given_back()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        World.Child.Cinder.HasBackupService = false;
        var order = Api.DeleteBackup(id);
        await DoAsync(order);
        Assert.That(Status(id), Is.EqualTo("error"));
        World.Child.Cinder.HasBackupService = true;

        await DoAsync(order);

        Assert.That((Status(id), There(id).Status), Is.EqualTo(("error", "available")));
    }

    [Test]
    public async Task A_delete_is_ended_by_the_next_life_without_its_message()
    {
        var id = await BackupAsync(await World.VolumeAsync());
        World.Child.Cinder.Hold("delete-backup");
        await DoAsync(Api.DeleteBackup(id));
        await RebornAsync();
        World.Child.Cinder.Release("delete-backup");

        await ResumeAsync();

        Assert.That((Status(id), World.Child.Cinder.Backups.Count), Is.EqualTo(("deleted", 0)));
    }
}
