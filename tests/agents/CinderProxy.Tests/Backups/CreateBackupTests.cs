using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Backups;

sealed class CreateBackupTests : BackupTest
{
    [Test]
    public async Task A_backup_is_the_child_s_of_what_the_volume_holds()
    {
        var volume = await World.VolumeAsync(3, content: "precious");
        var order = Api.Backup(volume);
        await DoAsync(order);

        var (row, there) = (Row(order.Id), There(order.Id));
        Assert.That((there.Content, there.Size, there.ProjectId, there.UserId, there.Name), Is.EqualTo(("precious", 3, Api.Project, World.Child.Keystone.UserId, "b")));
        Assert.That(there.Metadata, Is.EquivalentTo(new Dictionary<string, string> { ["cascade_parent_id"] = order.Id, ["cascade_host"] = World.Host }));
        Assert.That((row["status"], row["service"], row["availability_zone"], row["fail_reason"], row["num_dependent_backups"]), Is.EqualTo(("available", "cascade", "nova", (object?)null, 0L)));
        Assert.That((World.Status(volume), World.VolumeRow(volume)["previous_status"]), Is.EqualTo(("available", "backing-up")));
    }

    [Test]
    public async Task It_is_not_there_before_the_child_says_so()
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.Hold("backup");
        var order = Api.Backup(volume);
        await DoAsync(order);
        Assert.That((Status(order.Id), World.Status(volume)), Is.EqualTo(("creating", "backing-up")));

        World.Child.Cinder.Release("backup");
        await LookAsync();

        Assert.That((Status(order.Id), World.Status(volume)), Is.EqualTo(("available", "available")));
    }

    [Test]
    public async Task A_volume_that_a_server_has_is_in_use_again()
    {
        var (volume, _) = await Attached.AttachAsync(World, await World.VolumeAsync());

        var backup = await BackupAsync(volume);

        Assert.That((World.Status(volume), There(backup).VolumeId), Is.EqualTo(("in-use", World.Link(volume))));
    }

    [Test]
    public async Task Of_a_snapshot_it_holds_what_the_snapshot_held_and_leaves_the_volume_alone()
    {
        var volume = await World.VolumeAsync(content: "then");
        var snapshot = await World.SnapshotAsync(volume);
        World.Child.Cinder.Write(World.Link(volume)!, "now");
        var order = Api.Backup(volume, snapshot);

        await DoAsync(order);

        Assert.That((Status(order.Id), There(order.Id).Content), Is.EqualTo(("available", "then")));
        Assert.That((World.Rows.Row("snapshots", snapshot)["status"], World.Status(volume), World.VolumeRow(volume)["previous_status"]), Is.EqualTo(("available", "available", (object?)null)));
    }

    [Test]
    public async Task An_increment_adds_to_the_same_in_both_clouds_and_is_counted_there()
    {
        var volume = await World.VolumeAsync();
        var full = await BackupAsync(volume);

        var increment = await BackupAsync(volume, parent: full);

        Assert.That((There(increment).ParentId, Row(full)["num_dependent_backups"]), Is.EqualTo((There(full).Id, 1L)));
    }

    [Test]
    public async Task Nothing_is_added_to_what_the_child_has_lost()
    {
        var volume = await World.VolumeAsync();
        var full = await BackupAsync(volume);
        World.Rows.Update("backups", full, ("service_metadata", $"cascade://{World.Host}/{Guid.NewGuid()}"));
        var order = Api.Backup(volume, parent: full);

        await DoAsync(order);

        Assert.That((Status(order.Id), World.Child.Cinder.Backups.Count, Row(full)["num_dependent_backups"]), Is.EqualTo(("error", 1, 0L)));
        Assert.That(Reason(order.Id), Does.Contain($"backup {full}, which it adds to, is gone in the child"));
    }

    [Test]
    public async Task What_goes_wrong_in_the_child_is_read_in_the_parent_and_the_volume_is_free()
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.Refuse("backup");
        var order = Api.Backup(volume);

        await DoAsync(order);

        Assert.That((Status(order.Id), World.Status(volume), World.VolumeRow(volume)["previous_status"]), Is.EqualTo(("error", "available", "error_backing-up")));
        Assert.That(Reason(order.Id), Is.EqualTo("the backup is error in the child: Backup driver failed to create backup."));
        Assert.That(World.Messages(order.Id), Is.EqualTo(new[] { "013 020" }));
    }

    [Test]
    public async Task What_the_child_refuses_is_read_with_its_request_id()
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.SetQuota(Api.Project, "backups", 0);
        var order = Api.Backup(volume);

        await DoAsync(order);

        Assert.That((Status(order.Id), World.Status(volume)), Is.EqualTo(("error", "available")));
        Assert.That(Reason(order.Id), Does.Contain("Maximum number of backups allowed (0) exceeded").And.Contain("(child request req-"));
    }

    [Test]
    public async Task A_child_that_lost_its_cinder_backup_meanwhile_is_an_error_and_not_waited_for()
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.HasBackupService = false;
        var order = Api.Backup(volume);

        await DoAsync(order);

        Assert.That((Status(order.Id), World.Status(volume)), Is.EqualTo(("error", "available")));
        Assert.That(Reason(order.Id), Does.Contain("Service cinder-backup could not be found."));
    }

    [Test]
    public async Task A_volume_that_is_elsewhere_cannot_be_read_here()
    {
        var volume = Api.Existing(null, status: "available", more: ("host", "native@lvm#lvm"));
        var order = Api.Backup(volume);

        await DoAsync(order);

        Assert.That((Status(order.Id), World.Status(volume), World.Child.Cinder.Backups.Count), Is.EqualTo(("error", "available", 0)));
        Assert.That(Reason(order.Id), Does.Contain("native@lvm#lvm"));
    }

    [Test]
    public async Task A_reason_is_cut_to_what_the_column_holds()
    {
        var volume = Api.Existing(null, status: "available", more: ("host", new string('h', 250)));
        var order = Api.Backup(volume);

        await DoAsync(order);

        Assert.That(Reason(order.Id), Has.Length.EqualTo(255));
    }

    [Test]
    public async Task A_second_delivery_makes_no_second_one()
    {
        var order = Api.Backup(await World.VolumeAsync());
        World.Child.Cinder.Hold("backup");
        await DeliverAsync(order);
        await DeliverAsync(order);
        World.Child.Cinder.Release("backup");
        await LookAsync();

        await DoAsync(order);

        Assert.That((Status(order.Id), World.Child.Cinder.Backups.Count), Is.EqualTo(("available", 1)));
    }

    [Test]
    public async Task One_that_was_made_and_never_linked_is_found_by_the_next_life()
    {
        var order = Api.Backup(await World.VolumeAsync());
        World.Child.On("POST", "/backups").HoldAfter();
        var lost = DeliverAsync(order);
        await World.Child.UntilAsync(cloud => cloud.Cinder.Backups.Count == 1);
        await RebornAsync();

        await DoAsync(order);

        Assert.That((Status(order.Id), World.Child.Cinder.Backups.Count), Is.EqualTo(("available", 1)));
        World.Child.Heal();
        await lost;
    }

    [Test]
    public async Task What_a_tenant_stamped_himself_is_not_taken_for_ours()
    {
        var volume = await World.VolumeAsync(content: "mine");
        var order = Api.Backup(volume);
        World.Child.On("POST", "/backups").HoldAfter();
        var first = DeliverAsync(order);
        await World.Child.UntilAsync(cloud => cloud.Cinder.Backups.Count == 1);
        World.Child.Cinder.ChangeBackup(World.Child.Cinder.Backups.Single().Id, backup => backup.UserId = "a tenant");
        await RebornAsync();

        await DoAsync(order);

        Assert.That((Status(order.Id), There(order.Id).UserId, World.Child.Cinder.Backups.Count), Is.EqualTo(("available", World.Child.Keystone.UserId, 2)));
        World.Child.Heal();
        await first;
    }

    [Test]
    public async Task A_create_that_was_linked_is_ended_by_the_next_life_without_its_message()
    {
        var volume = await World.VolumeAsync();
        World.Child.Cinder.Hold("backup");
        var order = Api.Backup(volume);
        await DoAsync(order);
        await RebornAsync();
        World.Child.Cinder.Release("backup");

        await ResumeAsync();

        Assert.That((Status(order.Id), World.Status(volume)), Is.EqualTo(("available", "available")));
    }

    [Test]
    public async Task What_the_child_lost_or_broke_is_an_error_with_the_reason()
    {
        var volume = await World.VolumeAsync();
        var (lost, broken) = (await BackupAsync(volume), await BackupAsync(volume));
        World.Child.Cinder.ChangeBackup(There(broken).Id, backup => backup.Status = "error");
        World.Child.Cinder.VanishBackup(There(lost).Id);

        await AuditAsync();

        Assert.That((Status(lost), Reason(lost)), Is.EqualTo(("error", "the backup is gone in the child")));
        Assert.That((Status(broken), Reason(broken)), Is.EqualTo(("error", "the backup is error in the child")));
    }

    [Test]
    public async Task While_nothing_is_under_way_the_child_is_not_asked()
    {
        await BackupAsync(await World.VolumeAsync());
        await AuditAsync();
        World.Child.ForgetRequests();

        await LookAsync();
        await LookAsync();

        Assert.That(World.Child.Matching("GET", "/backups/**").Select(asked => asked.ToString()), Is.Empty);
    }
}
