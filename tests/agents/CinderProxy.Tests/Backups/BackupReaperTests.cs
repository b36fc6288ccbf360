using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Backups;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Backups;

sealed class BackupReaperTests : BackupTest
{
    [Test]
    public async Task Backups_that_nobody_wants_are_reaped_and_nothing_else()
    {
        var volume = await World.VolumeAsync();
        var (kept, elsewhere, gone, twin, tenants, others, busy) = (
            await BackupAsync(volume), await BackupAsync(volume), await BackupAsync(volume), await BackupAsync(volume), await BackupAsync(volume), await BackupAsync(volume), await BackupAsync(volume));
        string[] wanted = [There(kept).Id, There(elsewhere).Id, There(tenants).Id, There(others).Id, There(busy).Id];
        string[] unwanted = [There(gone).Id, There(twin).Id];
        World.Child.Cinder.ChangeBackup(There(tenants).Id, one => one.UserId = "tenant");
        World.Child.Cinder.ChangeBackup(There(others).Id, one => one.Metadata["cascade_host"] = "other@child1");
        World.Child.Cinder.ChangeBackup(There(busy).Id, one => one.Status = "restoring");
        // The API writes whichever host it asks into the row; the backup stays where it is.
        World.Rows.Update("backups", elsewhere, ("host", "other@child2"));
        World.Rows.Update("backups", twin, ("service_metadata", $"cascade://{World.Host}/{Guid.NewGuid()}"));
        foreach (var id in new[] { gone, tenants, others, busy })
        {
            World.Rows.Update("backups", id, ("deleted", 1));
        }

        var listed = await World.All<IMirrorSource>().Single(source => source.Noun == "backups").ReadAsync(default);
        var reaped = await Orphans.ReapAsync(World, World.Of<BackupReaper>());

        Assert.That(listed.Where(row => row.Note.StartsWith("orphan", StringComparison.Ordinal)).Select(row => row.ChildId), Is.EquivalentTo(unwanted));
        Assert.That(reaped, Is.EquivalentTo(unwanted));
        Assert.That(World.Child.Cinder.Backups.Select(one => one.Id), Is.EquivalentTo(wanted));
    }

    [Test]
    public async Task An_increment_goes_before_what_it_adds_to()
    {
        var volume = await World.VolumeAsync();
        var full = await BackupAsync(volume);
        var increment = await BackupAsync(volume, parent: full);
        string[] expected = [There(increment).Id, There(full).Id];
        World.Rows.Run("UPDATE backups SET deleted=1");
        World.Child.Cinder.Hold("delete-backup");

        var first = await Orphans.ReapAsync(World, World.Of<BackupReaper>());
        World.Child.Cinder.Release("delete-backup");
        var left = (await World.Of<BackupReaper>().OrphansAsync(default)).Single();
        await World.Of<BackupReaper>().ReapAsync(left, default);

        Assert.That(first.Append(left.Seen.Id), Is.EqualTo(expected));
        Assert.That(World.Child.Cinder.Backups, Is.Empty);
    }

    [Test]
    public async Task Without_backups_nothing_is_looked_for()
    {
        World.Configuration = "backup = false";
        await World.RebornAsync();

        Assert.That(await World.Of<BackupReaper>().OrphansAsync(default), Is.Empty);
        Assert.That(World.Child.Count("GET", "/backups/detail"), Is.Zero);
    }
}
