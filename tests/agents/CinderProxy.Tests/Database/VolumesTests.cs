using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

[TestFixtureSource(typeof(DatabaseServers), nameof(DatabaseServers.All))]
sealed class VolumesTests(DatabaseKind kind, string release) : OnEveryServer(kind, release)
{
    [Test]
    public async Task A_volume_is_read_with_every_member()
    {
        var id = await Database.VolumeAsync("creating", TestDatabase.Pool, ("display_name", "Größe 😀"[..5]), ("provider_id", "c1"), ("previous_status", "in-use"));

        var volume = await Database.ReadAsync(work => work.Volumes.GetAsync(id));

        Assert.That(volume, Is.EqualTo(new VolumeRow(
            id, null, "u1", "p1", null, null, TestDatabase.Pool, 5, null, "creating", "in-use", "detached", null, "Größe", null, "c1", null, TestDatabase.TypeId, null, null,
            false, false, true, null, null, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), null)));
    }

    [Test]
    public async Task Created_is_written_once_and_only_from_creating()
    {
        var id = await Database.VolumeAsync("creating");

        Assert.That(await Database.DoneAsync(work => work.Volumes.CreatedAsync(id, Database.ServiceUuid)), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Volumes.CreatedAsync(id, Database.ServiceUuid)), Is.False);

        var volume = await Database.ReadAsync(work => work.Volumes.GetAsync(id));
        Assert.That(volume, Has.Property("Status").EqualTo("available").And.Property("LaunchedAt").EqualTo(Database.Clock.GetUtcNow().UtcDateTime)
            .And.Property("ServiceUuid").EqualTo(Database.ServiceUuid));
    }

    [Test]
    public async Task A_change_that_changes_nothing_still_met_its_row()
    {
        var id = await Database.VolumeAsync("available");
        await Database.DoneAsync(work => work.Volumes.ForceStatusAsync(id, "error"));

        // In the same second nothing of the row differs: MySQL would count 0 rows, were it not asked for those it found.
        Assert.That(await Database.DoneAsync(work => work.Volumes.ForceStatusAsync(id, "error")), Is.True);
    }

    [Test]
    public async Task Our_volumes_are_paged_by_id_and_never_those_of_another_backend()
    {
        var host = $"p_oxy@c{Guid.NewGuid():N}";
        var ids = new List<string>();
        foreach (var place in new[] { $"{host}#az1", $"{host}#az2", host })
        {
            ids.Add(await Database.VolumeAsync("deleting", place));
        }

        foreach (var foreign in new[] { host + "2#az1", host.ToUpperInvariant() + "#az1", host.Replace('_', 'r') + "#az1" })
        {
            await Database.VolumeAsync("deleting", foreign);
        }

        await Database.VolumeAsync("available", $"{host}#az1", ("deleted", true));
        var first = await Database.ReadAsync(work => work.Volumes.OfHostAsync(host, limit: 2));
        var second = await Database.ReadAsync(work => work.Volumes.OfHostAsync(host, after: first[^1].Id, limit: 2));

        Assert.That(first.Concat(second).Select(volume => volume.Id), Is.EqualTo(ids.Order(StringComparer.Ordinal)));
        Assert.That(await Database.ReadAsync(work => work.Volumes.OfHostAsync(host, statuses: [VolumeStatus.Creating, VolumeStatus.Deleting])), Has.Count.EqualTo(3));
        Assert.That(await Database.ReadAsync(work => work.Volumes.OfHostAsync(host, statuses: ["available"])), Is.Empty);
        Assert.That(await Database.ReadAsync(work => work.Volumes.OfHostAsync(host, statuses: [])), Is.Empty);
        Assert.That(
            await Database.ReadAsync(work => work.Volumes.AllocatedByPoolAsync(host)),
            Is.EquivalentTo([new PoolUse($"{host}#az1", 1, 5), new PoolUse($"{host}#az2", 1, 5), new PoolUse(host, 1, 5)]));
    }

    [Test]
    public async Task A_child_id_finds_our_volume_and_no_other_backends()
    {
        var child = Guid.NewGuid().ToString();
        var ours = await Database.VolumeAsync("available", TestDatabase.Pool, ("provider_id", child));
        await Database.VolumeAsync("available", "lvm@other#pool", ("provider_id", child));

        Assert.That(
            (await Database.ReadAsync(work => work.Volumes.OfChildrenAsync(TestDatabase.Host, [child, "nothing"]))).Select(volume => volume.Id), Is.EqualTo([ours]));
    }

    [Test]
    public async Task A_destroyed_volume_takes_all_that_hangs_on_it_and_keeps_its_updated_at()
    {
        var id = await Database.VolumeAsync("deleting", TestDatabase.Pool, ("migration_status", "success"));
        var other = await Database.VolumeAsync();
        await Database.InsertAsync("volume_metadata", ("id", Math.Abs(id.GetHashCode(StringComparison.Ordinal) % 100_000)), ("volume_id", id), ("key", "a"), ("value", "b"));
        var attachment = await Database.AttachmentAsync(other);
        await Database.WorkAsync(work => work.GlanceMetadata.InsertAsync(id, [KeyValuePair.Create<string, string?>("image_id", "i")]));

        Assert.That(await Database.ReadAsync(work => work.Volumes.MetadataAsync(id)), Is.EqualTo(new Dictionary<string, string?>(StringComparer.Ordinal) { ["a"] = "b" }));
        Assert.That(await Database.DoneAsync(work => work.Volumes.DestroyAsync(id)), Is.True);

        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(id)), Is.Null);
        Assert.That(await Database.ReadAsync(work => work.Volumes.MetadataAsync(id)), Is.Empty);
        Assert.That(await Database.ReadAsync(work => work.GlanceMetadata.GetAsync(id)), Is.Empty);
        Assert.That(await Database.ReadAsync(work => work.Attachments.GetAsync(attachment)), Is.Not.Null, "another volume's stays");
        Assert.That(await Database.ValueAsync("volumes", "updated_at", $"id='{id}'"), Does.Contain("2026").And.Contain("01").And.Not.Contain("22"));
        Assert.That(await Database.ValueAsync("volumes", "migration_status", $"id='{id}'"), Is.Null);
        Assert.That(await Database.DoneAsync(work => work.Volumes.DestroyAsync(id)), Is.False, "once");
    }

    [TestCase("retyping", "in-use", "in-use")]
    [TestCase("maintenance", null, "maintenance")]
    [TestCase("available", "in-use", "available")]
    public async Task A_migration_that_cannot_be_ends_where_it_began(string status, string? previous, string after)
    {
        var id = await Database.VolumeAsync(status, TestDatabase.Pool, ("previous_status", previous));

        await Database.DoneAsync(work => work.Volumes.MigrationErrorAsync(id));

        Assert.That(
            await Database.ReadAsync(work => work.Volumes.GetAsync(id)), Has.Property("Status").EqualTo(after).And.Property("MigrationStatus").EqualTo("error"));
    }

    [Test]
    public async Task Each_end_of_an_operation_needs_its_beginning()
    {
        var id = await Database.VolumeAsync("available", TestDatabase.Pool, ("previous_status", "in-use"));

        Assert.That(
            await Database.DoneAsync(async work => new[]
            {
                await work.Volumes.ExtendedAsync(id, 9, "available"), await work.Volumes.RetypedAsync(id, "t", TestDatabase.Pool, "available"),
                await work.Volumes.ManagedAsync(id, 9, "c", null, null), await work.Volumes.PreviousStatusAsync(id, "backing-up"), await work.Volumes.UploadedAsync(id), await work.Volumes.StatusAsync(id, "error", "available"),
            }),
            Has.All.False);
        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(id)), Has.Property("Size").EqualTo(5).And.Property("Status").EqualTo("available"));
        Assert.That(await Database.DoneAsync(work => work.Volumes.PreviousStatusAsync(id, "available")), Is.True);
        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(id)), Has.Property("Status").EqualTo("in-use"));
    }

    [Test]
    public async Task A_retyped_volume_takes_its_snapshots_along()
    {
        var id = await Database.VolumeAsync("retyping");
        var snapshot = await Database.SnapshotAsync(id, "available");

        Assert.That(await Database.DoneAsync(work => work.Volumes.RetypedAsync(id, "new-type", TestDatabase.Pool, "available")), Is.True);

        Assert.That(await Database.ReadAsync(work => work.Snapshots.GetAsync(snapshot)), Has.Property("VolumeTypeId").EqualTo("new-type"));
    }

    [Test]
    public async Task Volumes_of_a_service_that_was_made_anew_name_the_new_one()
    {
        var id = await Database.VolumeAsync("available", TestDatabase.Pool, ("service_uuid", Database.ServiceUuid));
        var foreign = await Database.VolumeAsync("available", "lvm@other#pool", ("service_uuid", Database.ServiceUuid));
        var next = Guid.NewGuid().ToString();
        await Database.WorkAsync(work => work.Services.InsertAsync(next, TestDatabase.Host + "x", "az1", "3.18", "1.39"));

        Assert.That(await Database.DoneAsync(work => work.Volumes.ToServiceAsync(TestDatabase.Host, next)), Is.GreaterThanOrEqualTo(1));

        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(id)), Has.Property("ServiceUuid").EqualTo(next));
        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(foreign)), Has.Property("ServiceUuid").EqualTo(Database.ServiceUuid));
    }

    [Test]
    public async Task An_exception_of_the_work_takes_everything_back()
    {
        var id = await Database.VolumeAsync("available");

        Assert.That(
            async () => await Database.DoneAsync<bool>(async work =>
            {
                await work.Volumes.ForceStatusAsync(id, "error");
                throw new NotSupportedException("the map said no");
            }),
            Throws.TypeOf<NotSupportedException>());

        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(id)), Has.Property("Status").EqualTo("available"));
    }

    [Test]
    public void Nothing_is_written_while_reading() =>
        Assert.That(async () => await Database.ReadAsync(work => work.Volumes.ForceStatusAsync("x", "error")), Throws.InvalidOperationException);
}
