using Cascade.NovaProxy.Tests.Servers;

namespace Cascade.NovaProxy.Tests.Snapshots;

public sealed class BackupTests : WorldTest
{
    [Test]
    public async Task A_backup_goes_through_novas_chain_and_the_oldest_of_its_type_goes()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var stranger = World.Above.Glance.Queue("not mine", "p-other", new Dictionary<string, string> { ["image_type"] = "backup", ["backup_type"] = "daily", ["instance_uuid"] = vm.Uuid });
        var weekly = vm.Queue("weekly", "backup", ("backup_type", "weekly"));
        var plain = vm.Queue("plain");
        var images = new List<string>();
        for (var day = 0; day < 3; day++)
        {
            images.Add(vm.Queue($"day {day}", "backup", ("backup_type", "daily")).Id);
            await vm.BackupAsync(images[^1], "daily", 2);
            await World.LookAsync();
            await World.CarriedAsync();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
            Assert.That(World.Saves(vm.Uuid).TakeLast(4), Is.EqualTo(new[]
            {
                "power_state=1 system_metadata (\"image_backup\")",
                "task_state=image_pending_upload (\"image_backup\")",
                "task_state=image_uploading (\"image_pending_upload\")",
                "system_metadata task_state=null (\"image_uploading\")",
            }));
            Assert.That(vm.Events[^1], Is.EqualTo("createBackup:compute_backup_instance=Success"));
            Assert.That(images.Select(id => World.Above.Glance.Find(id)?.Status), Is.EqualTo(new[] { null, "active", "active" }));
            Assert.That(new[] { stranger.Id, weekly.Id, plain.Id }.Select(id => World.Above.Glance.Find(id)), Has.None.Null);
        }
    }

    [Test]
    public async Task A_rotation_of_none_keeps_none_as_natively()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var image = vm.Queue("only", "backup", ("backup_type", "daily"));
        await vm.BackupAsync(image.Id, "daily", 0);
        await World.LookAsync();
        await World.CarriedAsync();

        Assert.That(World.Above.Glance.Find(image.Id), Is.Null);
        Assert.That(World.State(vm.Uuid), Is.EqualTo("active/-/1"));
    }

    [Test]
    public async Task A_backup_that_fails_deletes_its_image_and_rotates_nothing()
    {
        var vm = new Wanted(World);
        await vm.ActiveAsync();
        var first = vm.Queue("first", "backup", ("backup_type", "daily"));
        await vm.BackupAsync(first.Id, "daily", 1);
        await World.LookAsync();
        await World.CarriedAsync();
        var second = vm.Queue("second", "backup", ("backup_type", "daily"));
        World.Child.Nova.Hold("snapshot");
        await vm.BackupAsync(second.Id, "daily", 1);
        World.Child.Nova.FailSnapshot(vm.Link!);
        await World.LookAsync();

        Assert.That(World.Above.Glance.Find(first.Id)?.Status, Is.EqualTo("active"));
        Assert.That(World.Above.Glance.Find(second.Id), Is.Null);
        Assert.That(vm.Events[^1], Is.EqualTo("createBackup:compute_backup_instance=Error"));
    }
}
