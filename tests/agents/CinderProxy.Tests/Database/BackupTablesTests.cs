using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

/// <summary>What a cinder-backup reads and writes.</summary>
[TestFixtureSource(typeof(DatabaseServers), nameof(DatabaseServers.All))]
sealed class BackupTablesTests(DatabaseKind kind, string release) : OnEveryServer(kind, release)
{
    [Test]
    public async Task A_backup_begins_is_linked_and_is_there()
    {
        var volume = await Database.VolumeAsync("backing-up", TestDatabase.Pool, ("previous_status", "in-use"));
        var (id, asked) = (await BackupAsync(volume), await BackupAsync(volume, ("availability_zone", "az9")));

        await Database.DoneAsync(work => work.Backups.BegunAsync(id, "cascade", "az1"));
        await Database.DoneAsync(work => work.Backups.BegunAsync(asked, "cascade", "az1"));
        await Database.DoneAsync(work => work.Backups.SetLinkAsync(id, "cascade://h/c"));
        Assert.That(await Database.DoneAsync(work => work.Backups.CreatedAsync(id, 7)), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Backups.CreatedAsync(id, 7)), Is.False);
        Assert.That(await Database.DoneAsync(work => work.Volumes.BackedUpAsync(volume, "backing-up")), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Volumes.BackedUpAsync(volume, "backing-up")), Is.False, "it is not being backed up");

        Assert.That(await Database.ReadAsync(work => work.Backups.GetAsync(id)), Is.EqualTo(new BackupRow(
            id, volume, null, null, null, "p1", TestDatabase.Host, "az1", null, null, null, "available", null, "cascade", "cascade://h/c", 5, 7, 0, null, null)));
        Assert.That((await Database.ReadAsync(work => work.Backups.GetAsync(asked)))!.AvailabilityZone, Is.EqualTo("az9"), "the request named one");
        Assert.That(
            await Database.ReadAsync(work => work.Volumes.GetAsync(volume)), Has.Property("Status").EqualTo("in-use").And.Property("PreviousStatus").EqualTo("backing-up"));
    }

    [Test]
    public async Task A_volume_without_a_previous_status_is_available()
    {
        var volume = await Database.VolumeAsync("backing-up");

        await Database.DoneAsync(work => work.Volumes.BackedUpAsync(volume, "error_backing-up"));

        Assert.That(
            await Database.ReadAsync(work => work.Volumes.GetAsync(volume)), Has.Property("Status").EqualTo("available").And.Property("PreviousStatus").EqualTo("error_backing-up"));
    }

    [Test]
    public async Task It_ends_only_from_the_state_that_it_is_in_and_its_reason_fits()
    {
        var id = await BackupAsync(await Database.VolumeAsync());

        Assert.That(await Database.DoneAsync(work => work.Backups.EndAsync(id, "restoring", "error", "x")), Is.False);
        Assert.That(await Database.DoneAsync(work => work.Backups.EndAsync(id, "creating", "error", new('r', 300))), Is.True);
        Assert.That((await Database.ReadAsync(work => work.Backups.GetAsync(id)))!.FailReason, Has.Length.EqualTo(255));
        Assert.That(await Database.DoneAsync(work => work.Backups.EndAsync(id, "error", "available", null)), Is.True);
        Assert.That((await Database.ReadAsync(work => work.Backups.GetAsync(id)))!.FailReason, Is.Null);
        Assert.That(() => Database.DoneAsync(work => work.Backups.ForceStatusAsync(id, "well")), Throws.TypeOf<ArgumentOutOfRangeException>(), "a word that would break every listing");
    }

    [Test]
    public async Task Increments_are_counted_and_never_below_nothing()
    {
        var id = await BackupAsync(await Database.VolumeAsync());
        async Task<int?> CountAsync() => (await Database.ReadAsync(work => work.Backups.GetAsync(id)))!.NumDependentBackups;

        await Database.DoneAsync(work => work.Backups.GainedDependentAsync(id));
        Assert.That(await CountAsync(), Is.EqualTo(1));
        Assert.That(await Database.DoneAsync(work => work.Backups.LostDependentAsync(id)), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Backups.LostDependentAsync(id)), Is.False);
        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task It_goes_with_its_metadata_and_keeps_when_it_was_last_changed()
    {
        var id = await BackupAsync(await Database.VolumeAsync(), ("updated_at", "2026-01-01 00:00:00"));
        await Database.InsertAsync("backup_metadata", ("id", 500), ("backup_id", id), ("key", "k"), ("value", "v"));

        Assert.That(await Database.DoneAsync(work => work.Backups.DestroyAsync(id)), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Backups.DestroyAsync(id)), Is.False);

        Assert.That(await Database.ReadAsync(work => work.Backups.GetAsync(id)), Is.Null);
        Assert.That(await Database.ValueAsync("backups", "status", $"id='{id}'"), Is.EqualTo("deleted"));
        Assert.That(await Database.ValueAsync("backups", "updated_at", $"id='{id}'"), Does.Contain("2026").And.Contain("01"));
        Assert.That(await Database.ValueAsync("backup_metadata", "deleted", $"backup_id='{id}'"), Is.EqualTo("1").Or.EqualTo("True"));
    }

    [Test]
    public async Task Ours_are_those_of_our_host_by_state()
    {
        var volume = await Database.VolumeAsync();
        var (ours, theirs) = (await BackupAsync(volume), await BackupAsync(volume, ("host", "other")));

        var all = await Database.ReadAsync(work => work.Backups.OfHostAsync(TestDatabase.Host));
        var creating = await Database.ReadAsync(work => work.Backups.OfHostAsync(TestDatabase.Host, statuses: ["creating"]));
        var deleting = await Database.ReadAsync(work => work.Backups.OfHostAsync(TestDatabase.Host, statuses: ["deleting"]));

        Assert.That(all.Select(row => row.Id), Does.Contain(ours).And.Not.Contain(theirs));
        Assert.That((await Database.ReadAsync(work => work.Backups.OfVolumeAsync(volume))).Select(row => row.Id), Is.EquivalentTo(new[] { ours, theirs }));
        Assert.That((creating.Any(row => row.Id == ours), deleting.Any(row => row.Id == ours)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task An_item_of_a_volume_s_metadata_is_written_over_the_one_that_is_there()
    {
        var volume = await Database.VolumeAsync();

        await Database.WorkAsync(work => work.Volumes.SetMetadataAsync(volume, "src_backup_id", "a"));
        await Database.WorkAsync(work => work.Volumes.SetMetadataAsync(volume, "src_backup_id", "b"));

        Assert.That((await Database.ReadAsync(work => work.Volumes.MetadataAsync(volume))).Select(item => (item.Key, item.Value)), Is.EqualTo(new[] { ("src_backup_id", "b") }));
    }

    [Test]
    public async Task The_second_service_of_a_host_is_a_row_of_its_own()
    {
        var uuid = Guid.NewGuid().ToString();
        await Database.WorkAsync(work => work.BackupServices.InsertAsync(uuid, TestDatabase.Host, "az1", "2.3", "1.39"));
        var made = (await Database.ReadAsync(work => work.BackupServices.GetAsync(TestDatabase.Host)))!;

        Assert.That(await Database.DoneAsync(work => work.BackupServices.StartAsync(made.Id, "az2", "2.4", "1.39")), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Services.HeartbeatAsync(made.Id)), Is.True);

        Assert.That(
            (await Database.ReadAsync(work => work.BackupServices.GetAsync(TestDatabase.Host)))! with { UpdatedAt = null },
            Is.EqualTo(new ServiceRow(made.Id, uuid, false, null, false, "az2", "2.4", "1.39", "not-capable", null)));
        Assert.That((await Database.ReadAsync(work => work.Services.GetAsync(TestDatabase.Host)))!.Id, Is.EqualTo(Database.ServiceId).And.Not.EqualTo(made.Id));
    }

    async Task<string> BackupAsync(string volume, params (string Column, object? Value)[] more)
    {
        var id = Guid.NewGuid().ToString();
        var columns = new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = id, ["volume_id"] = volume, ["project_id"] = "p1", ["host"] = TestDatabase.Host, ["status"] = "creating", ["size"] = 5 };
        foreach (var (column, value) in more)
        {
            columns[column] = value;
        }

        await Database.InsertAsync("backups", [.. columns.Select(column => (column.Key, column.Value))]);
        return id;
    }
}
