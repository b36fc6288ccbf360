using CinderProxy.Tests.Backups;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Watching;

/// <summary>What went wrong in the child, and what its operator puts right there (reset-state), of snapshots and backups; of volumes see <see cref="ChildSideTests"/>.</summary>
sealed class HealingTests : BackupTest
{
    string volume = "";

    [SetUp]
    public async Task Make() => volume = await World.VolumeAsync();

    [Test]
    public async Task A_snapshot_that_heals_there_heals_here()
    {
        var id = await World.SnapshotAsync(volume);
        Set(id, "error");
        await World.LookAsync();
        Assert.That((SnapshotStatus(id), Marks()), Is.EqualTo(("error", 1)));

        Set(id, "available");
        await World.LookAsync();

        Assert.That((SnapshotStatus(id), Marks()), Is.EqualTo(("available", 0)));
        Assert.That(World.Status(volume), Is.EqualTo("available"));
    }

    [Test]
    public async Task A_snapshot_that_an_earlier_life_saw_go_wrong_heals_too()
    {
        var id = await World.SnapshotAsync(volume);
        Set(id, "error");
        await World.LookAsync();
        await RebornAsync();

        Set(id, "available");
        await World.AuditAsync();

        Assert.That(SnapshotStatus(id), Is.EqualTo("available"));
    }

    [Test]
    public async Task A_snapshot_s_error_that_somebody_else_made_is_left_to_him()
    {
        var id = await World.SnapshotAsync(volume);
        World.Rows.Update("snapshots", id, ("status", "error"));

        Set(id, "available");
        await World.AuditAsync();

        Assert.That(SnapshotStatus(id), Is.EqualTo("error"));
    }

    [Test]
    public async Task One_snapshot_s_mark_is_not_another_s_nor_the_volume_s()
    {
        var (wrong, other) = (await World.SnapshotAsync(volume), await World.SnapshotAsync(volume));
        World.Rows.Update("snapshots", other, ("status", "error"));
        World.Rows.Update("volumes", volume, ("status", "error"));
        Set(wrong, "error");
        await World.LookAsync();

        Set(wrong, "available");
        await World.AuditAsync();

        Assert.That((SnapshotStatus(wrong), SnapshotStatus(other), World.Status(volume)), Is.EqualTo(("available", "error", "error")));
    }

    [Test]
    public async Task A_snapshot_that_is_to_go_goes_whatever_heals()
    {
        var id = await World.SnapshotAsync(volume);
        Set(id, "error");
        await World.LookAsync();
        Set(id, "available");
        var order = Api.DeleteSnapshot(id);
        await World.LookAsync();
        Assert.That(SnapshotStatus(id), Is.EqualTo("deleting"), "the tenant's word is younger");

        await World.DeliverAsync(order);
        await World.LookAsync();
        await World.LookAsync();

        Assert.That((World.SnapshotRow(id)["deleted"], Marks()), Is.EqualTo((1L, 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_backup_that_heals_there_heals_here_and_has_no_reason_any_more()
    {
        var id = await BackupAsync(volume);
        World.Child.Cinder.ChangeBackup(There(id).Id, one => one.Status = "error");
        await AuditAsync();
        Assert.That((Status(id), Reason(id), Marks()), Is.EqualTo(("error", "the backup is error in the child", 1)));

        World.Child.Cinder.ChangeBackup(There(id).Id, one => one.Status = "available");
        await AuditAsync();

        Assert.That((Status(id), Reason(id), Marks()), Is.EqualTo(("available", (string?)null, 0)));
    }

    [Test]
    public async Task A_backup_that_was_never_made_is_not_healed_by_a_status()
    {
        World.Child.Cinder.Refuse("backup");
        var order = Api.Backup(volume);
        await DoAsync(order);
        Assert.That(Status(order.Id), Is.EqualTo("error"));

        World.Child.Cinder.ChangeBackup(There(order.Id).Id, one => one.Status = "available");
        await AuditAsync();

        Assert.That(Status(order.Id), Is.EqualTo("error"));
    }

    [Test]
    public async Task An_error_that_an_administrator_writes_over_a_backup_s_is_his()
    {
        var id = await BackupAsync(volume);
        World.Child.Cinder.ChangeBackup(There(id).Id, one => one.Status = "error");
        await AuditAsync();
        await DeliverAsync(Api.ResetBackup(id, "error"));

        World.Child.Cinder.ChangeBackup(There(id).Id, one => one.Status = "available");
        await AuditAsync();

        Assert.That(Status(id), Is.EqualTo("error"));
    }

    [Test]
    public async Task A_backup_that_outlived_its_volume_leaves_nothing_on_it()
    {
        var id = await BackupAsync(volume);
        await World.DoAsync(Api.Delete(volume));
        Assert.That(World.Status(volume), Is.EqualTo("deleted"));

        World.Child.Cinder.ChangeBackup(There(id).Id, one => one.Status = "error");
        await AuditAsync();

        Assert.That((Status(id), Marks()), Is.EqualTo(("error", 0)));
    }

    [Test]
    public async Task An_error_after_an_administrator_was_quicker_than_the_child_is_left_to_who_made_it()
    {
        var snapshot = await World.SnapshotAsync(volume);
        Set(snapshot, "error");
        World.Child.Cinder.Change(World.Link(volume)!, there => there.Status = "error");
        await World.LookAsync();
        Assert.That(Marks(), Is.EqualTo(2));
        World.Rows.Update("volumes", volume, ("status", "available"));
        World.Rows.Update("snapshots", snapshot, ("status", "available"));
        Set(snapshot, "available");
        World.Child.Cinder.Change(World.Link(volume)!, there => there.Status = "available");
        await World.LookAsync();
        Assert.That(Marks(), Is.Zero);

        World.Rows.Update("volumes", volume, ("status", "error"));
        World.Rows.Update("snapshots", snapshot, ("status", "error"));
        await World.AuditAsync();

        Assert.That((World.Status(volume), SnapshotStatus(snapshot)), Is.EqualTo(("error", "error")));
    }

    void Set(string snapshot, string status) => World.Child.Cinder.ChangeSnapshot((string)World.SnapshotRow(snapshot)["provider_id"]!, one => one.Status = status);

    string? SnapshotStatus(string id) => (string?)World.SnapshotRow(id)["status"];

    int Marks() => World.Rows.Number("SELECT COUNT(*) FROM volume_admin_metadata WHERE volume_id=@p0 AND deleted=0", volume);
}
