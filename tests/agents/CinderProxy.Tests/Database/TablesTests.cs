using System.Text.Json;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

/// <summary>The tables beside volumes and quotas.</summary>
[TestFixtureSource(typeof(DatabaseServers), nameof(DatabaseServers.All))]
sealed class TablesTests(DatabaseKind kind, string release) : OnEveryServer(kind, release)
{
    [Test]
    public async Task The_service_row_is_seen_starts_beats_and_keeps_its_beat_when_it_is_frozen()
    {
        Assert.That(await Database.DoneAsync(work => work.Services.StartAsync(Database.ServiceId, "az2", "3.20", "1.39")), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Services.HeartbeatAsync(Database.ServiceId)), Is.True);
        var beat = (await Database.ReadAsync(work => work.Services.GetAsync(TestDatabase.Host)))!;
        var now = await Database.ReadAsync(work => work.RowAsync(new("clock", "SELECT {utcnow} AS value"), row => new { Time = row.TimeOrNull("value") }));
        await Database.DoneAsync(work => work.Services.FreezeAsync(Database.ServiceId));
        var frozen = (await Database.ReadAsync(work => work.Services.GetAsync(TestDatabase.Host)))!;
        await Database.DoneAsync(work => work.Services.ThawAsync(Database.ServiceId));

        Assert.That(beat with { UpdatedAt = null }, Is.EqualTo(new ServiceRow(
            Database.ServiceId, Database.ServiceUuid, false, null, false, "az2", "3.20", "1.39", "disabled", null)));
        Assert.That(now!.Time - beat.UpdatedAt, Is.InRange(TimeSpan.Zero, TimeSpan.FromMinutes(1)), "the server's clock, not ours, which stands still");
        Assert.That(frozen, Is.EqualTo(beat with { Disabled = true, DisabledReason = "frozen" }));
        Assert.That(await Database.ReadAsync(work => work.Services.GetAsync(TestDatabase.Host)), Is.EqualTo(beat with { DisabledReason = "" }));
        Assert.That(await Database.ValueAsync("services", "report_count", $"id={Database.ServiceId}"), Is.EqualTo("1"));
        Assert.That(await Database.DoneAsync(work => work.Services.HeartbeatAsync(-1)), Is.False, "a row that is gone");
    }

    [Test]
    public async Task A_worker_is_claimed_released_and_ends()
    {
        var id = await Database.VolumeAsync("creating");
        await Database.WorkerAsync("Volume", id, "creating");

        Assert.That(await Database.DoneAsync(work => work.Workers.ClaimAsync(Workers.Volume, id, Database.ServiceId, "creating")), Is.True);
        Assert.That((await Database.ReadAsync(work => work.Workers.MineAsync(Database.ServiceId))).Select(worker => worker.ResourceId), Does.Contain(id));
        Assert.That(await Database.DoneAsync(work => work.Workers.ReleaseAsync(Workers.Volume, id, -1, "creating")), Is.False, "another's");
        Assert.That(await Database.DoneAsync(work => work.Workers.ReleaseAsync(Workers.Volume, id, Database.ServiceId, "creating")), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Workers.DoneAsync(Workers.Volume, id, Database.ServiceId)), Is.False, "nobody's");
        await Database.DoneAsync(work => work.Workers.ClaimAsync(Workers.Volume, id, Database.ServiceId, "deleting"));
        Assert.That(await Database.DoneAsync(work => work.Workers.DoneAsync(Workers.Volume, id, Database.ServiceId)), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Workers.ClaimAsync(Workers.Volume, id, Database.ServiceId, "creating")), Is.False);
    }

    [Test]
    public async Task A_snapshot_takes_the_key_of_its_volume_and_goes_with_its_metadata()
    {
        var volume = await Database.VolumeAsync("available", TestDatabase.Pool, ("encryption_key_id", "key"));
        var id = await Database.SnapshotAsync(volume);
        await Database.WorkAsync(async work =>
        {
            await work.GlanceMetadata.InsertAsync(volume, [KeyValuePair.Create<string, string?>("image_id", "i"), KeyValuePair.Create<string, string?>("checksum", null)]);
            await work.GlanceMetadata.VolumeToSnapshotAsync(volume, id);
            await work.Snapshots.SetChildAsync(id, "c0");
        });

        Assert.That(await Database.DoneAsync(work => work.Snapshots.CreatedAsync(id, "c1")), Is.True);
        Assert.That(await Database.DoneAsync(work => work.Snapshots.CreatedAsync(id, "c1")), Is.False);

        var clone = await Database.VolumeAsync();
        await Database.DoneAsync(work => work.GlanceMetadata.SnapshotToVolumeAsync(id, clone));
        Assert.That(await Database.ReadAsync(work => work.Snapshots.GetAsync(id)), Is.EqualTo(new SnapshotRow(
            id, null, "p1", volume, 5, "available", "100%", null, null, "c1", TestDatabase.TypeId, "key", null, true, null, Database.Clock.GetUtcNow().UtcDateTime, TestDatabase.Pool)));
        Assert.That(await Database.ReadAsync(work => work.GlanceMetadata.GetAsync(clone)), Is.EqualTo(new Dictionary<string, string?>(StringComparer.Ordinal) { ["image_id"] = "i" }));
        Assert.That((await Database.ReadAsync(work => work.Snapshots.OfVolumeAsync(volume))).Select(snapshot => snapshot.Id), Is.EqualTo([id]));
        Assert.That((await Database.ReadAsync(work => work.Snapshots.OfChildrenAsync(TestDatabase.Host, ["c1"]))).Select(snapshot => snapshot.Id), Does.Contain(id));
        Assert.That(
            (await Database.ReadAsync(work => work.Snapshots.OfHostAsync(TestDatabase.Host, statuses: [SnapshotStatus.Available]))).Select(snapshot => snapshot.Id), Does.Contain(id));
        Assert.That(
            (await Database.ReadAsync(work => work.Snapshots.OfHostAsync(TestDatabase.Host, statuses: [SnapshotStatus.Deleting]))).Select(snapshot => snapshot.Id), Does.Not.Contain(id));
        Assert.That(await Database.DoneAsync(work => work.Snapshots.StatusAsync(id, SnapshotStatus.Creating, SnapshotStatus.Error)), Is.False);
        Assert.That(await Database.DoneAsync(work => work.Snapshots.DestroyAsync(id)), Is.True);
        Assert.That(await Database.ValueAsync("volume_glance_metadata", "deleted", $"snapshot_id='{id}'"), Is.EqualTo("1").Or.EqualTo("True"));
    }

    [Test]
    public async Task An_attachment_that_is_attaching_carries_its_connector_as_json()
    {
        var volume = await Database.VolumeAsync("reserved");
        var id = await Database.AttachmentAsync(volume);
        using var connector = JsonDocument.Parse("""{"host": "nova-proxy-1", "mountpoint": "/dev/vdb", "note": "O'Neill \"x\" \\ @id"}""");

        Assert.That(await Database.DoneAsync(work => work.Attachments.AttachingAsync(id, volume, connector.RootElement, "rw")), Is.True);

        var row = (await Database.ReadAsync(work => work.Attachments.GetAsync(id)))!;
        Assert.That(row, Has.Property("AttachStatus").EqualTo("attaching").And.Property("AttachedHost").EqualTo("nova-proxy-1").And.Property("Mountpoint").EqualTo("/dev/vdb"));
        using var kept = JsonDocument.Parse(row.Connector!);
        Assert.That(JsonElement.DeepEquals(kept.RootElement, connector.RootElement), Is.True);
        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(volume)), Has.Property("Status").EqualTo("attaching").And.Property("AttachStatus").EqualTo("attaching"));
        await Database.DoneAsync(work => work.Attachments.ErrorAttachingAsync(id));
        Assert.That((await Database.ReadAsync(work => work.Attachments.OfVolumesAsync([volume, "none"]))).Select(one => one.AttachStatus), Is.EqualTo(["error_attaching"]));
    }

    [Test]
    public async Task A_legacy_attach_and_its_detach_leave_the_volume_as_the_others_say()
    {
        var volume = await Database.VolumeAsync("attaching");
        var id = Guid.NewGuid().ToString();

        await Database.DoneAsync(work => work.Attachments.AttachedAsync(id, volume, "instance", "host", "/dev/vdc", "ro"));
        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(volume)), Has.Property("Status").EqualTo("in-use").And.Property("AttachStatus").EqualTo("attached"));
        Assert.That((await Database.ReadAsync(work => work.AdminMetadata.GetAsync(volume)))["attached_mode"], Is.EqualTo("ro"));

        await Database.AttachmentAsync(volume, "error_attaching");
        await Database.AttachmentAsync(volume, "reserved");
        await Database.DoneAsync(work => work.Attachments.DetachedAsync(id, volume));
        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(volume)), Has.Property("Status").EqualTo("reserved").And.Property("AttachStatus").EqualTo("reserved"));
        Assert.That(await Database.ReadAsync(work => work.AdminMetadata.GetAsync(volume)), Is.Empty);
        Assert.That(await Database.DoneAsync(work => work.Attachments.DetachedAsync(id, "no such volume")), Is.False);
    }

    [Test]
    public async Task A_volume_that_is_uploaded_is_in_use_where_attachments_are()
    {
        var attached = await Database.VolumeAsync("uploading");
        await Database.AttachmentAsync(attached, "attached");
        var free = await Database.VolumeAsync("uploading");

        await Database.WorkAsync(async work =>
        {
            await work.Volumes.UploadedAsync(attached);
            await work.Volumes.UploadedAsync(free);
        });

        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(attached)), Has.Property("Status").EqualTo("in-use"));
        Assert.That(await Database.ReadAsync(work => work.Volumes.GetAsync(free)), Has.Property("Status").EqualTo("available"));
    }

    [Test]
    public async Task A_type_is_read_with_its_specs_also_a_deleted_one()
    {
        var bare = Guid.NewGuid().ToString();
        await Database.InsertAsync("volume_types", ("id", bare), ("name", "gone"), ("deleted", true));
        await Database.InsertAsync("encryption", ("encryption_id", bare), ("volume_type_id", bare), ("provider", "luks"));

        var gold = (await Database.ReadAsync(work => work.VolumeTypes.GetAsync(TestDatabase.TypeId)))!;

        Assert.That(gold.Name, Is.EqualTo("Gold"));
        Assert.That(gold.ExtraSpecs, Is.EqualTo(new Dictionary<string, string?>(StringComparer.Ordinal) { ["cascade:child_type"] = "gold" }));
        Assert.That(await Database.ReadAsync(work => work.VolumeTypes.GetAsync(bare)), Has.Property("Name").EqualTo("gone").And.Property("ExtraSpecs").Empty);
        Assert.That(await Database.ReadAsync(work => work.VolumeTypes.IsEncryptedAsync(bare)), Is.True);
        Assert.That(await Database.ReadAsync(work => work.VolumeTypes.IsEncryptedAsync(TestDatabase.TypeId)), Is.False);
        Assert.That(await Database.ReadAsync(work => work.VolumeTypes.GetAsync("none")), Is.Null);
    }

    [Test]
    public async Task A_message_names_its_event_and_ends_after_thirty_days()
    {
        var snapshot = Guid.NewGuid().ToString();
        var mine = $"resource_uuid='{snapshot}'";

        await Database.WorkAsync(work => work.Messages.InsertAsync(UserMessages.SnapshotCreateFailed, snapshot, "p1", null));

        Assert.That(await Database.ValueAsync("messages", "event_id", mine), Is.EqualTo("VOLUME_VOLUME_SNAPSHOT_009_013"));
        Assert.That(await Database.ValueAsync("messages", "expires_at", mine), Does.Contain("2026").And.Contain("12").And.Contain("22"));
        Assert.That(await Database.ValueAsync("messages", "deleted", mine), Is.EqualTo("0").Or.EqualTo("False"));
    }

    [Test]
    public async Task Groups_and_their_snapshots_have_members_and_end()
    {
        var (group, snapshots) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await Database.InsertAsync("groups", ("id", group), ("status", "creating"), ("host", TestDatabase.Pool), ("project_id", "p1"));
        await Database.InsertAsync("group_snapshots", ("id", snapshots), ("group_id", group), ("status", "creating"));
        var volume = await Database.VolumeAsync();
        var snapshot = await Database.SnapshotAsync(volume, "creating", ("group_snapshot_id", snapshots));

        await Database.WorkAsync(async work =>
        {
            await work.Groups.CreatedAsync(group);
            await work.Volumes.SetGroupAsync(volume, group);
            await work.GroupSnapshots.StatusAsync(snapshots, GroupSnapshotStatus.Available);
        });

        Assert.That(await Database.ReadAsync(work => work.Groups.GetAsync(group)), Has.Property("Status").EqualTo("available").And.Property("ProjectId").EqualTo("p1"));
        Assert.That((await Database.ReadAsync(work => work.Volumes.OfGroupAsync(group))).Select(one => one.Id), Is.EqualTo([volume]));
        Assert.That((await Database.ReadAsync(work => work.Snapshots.OfGroupSnapshotAsync(snapshots))).Select(one => one.Id), Is.EqualTo([snapshot]));
        Assert.That(await Database.ReadAsync(work => work.GroupSnapshots.GetAsync(snapshots)), Has.Property("Status").EqualTo("available").And.Property("GroupId").EqualTo(group));
        await Database.WorkAsync(async work =>
        {
            await work.Groups.StatusAsync(group, GroupStatus.Error);
            await work.Volumes.SetGroupAsync(volume, null);
            await work.GroupSnapshots.DestroyAsync(snapshots);
            await work.Groups.DestroyAsync(group);
        });
        Assert.That(await Database.ReadAsync(work => work.Groups.GetAsync(group)), Is.Null);
        Assert.That(await Database.ReadAsync(work => work.GroupSnapshots.GetAsync(snapshots)), Is.Null);
        Assert.That(await Database.ReadAsync(work => work.Volumes.OfGroupAsync(group)), Is.Empty);
    }

    [Test]
    public async Task Backups_are_read()
    {
        var (id, volume) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await Database.InsertAsync("backups", ("id", id), ("volume_id", volume), ("status", "available"), ("size", 3), ("object_count", 7));

        Assert.That(await Database.ReadAsync(work => work.Backups.GetAsync(id)), Has.Property("Status").EqualTo("available").And.Property("ObjectCount").EqualTo(7));
        Assert.That((await Database.ReadAsync(work => work.Backups.OfVolumeAsync(volume))).Select(one => one.Id), Is.EqualTo([id]));
    }

    [Test]
    public async Task The_schema_is_known_and_nothing_is_missing()
    {
        var report = await SchemaCheck.LookAsync(Database.Cinder, CancellationToken.None);

        Assert.That(report.Missing, Is.Empty);
        Assert.That((report.Head, report.Refusal, report.Warning), Is.EqualTo((Schema.Heads[Release], (string?)null, (string?)null)));
    }
}
