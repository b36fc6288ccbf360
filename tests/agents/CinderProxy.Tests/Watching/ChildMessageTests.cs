using CinderProxy.Tests.Backups;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Watching;

/// <summary>What goes wrong in the child by itself, and what the tenant of the parent reads of it.</summary>
sealed class ChildMessageTests : BackupTest
{
    [Test]
    public async Task What_the_child_says_of_a_volume_that_went_wrong_is_said_in_the_parent()
    {
        var id = await World.VolumeAsync();
        Break(id, "VOLUME", "007", "010", "req-of-the-child");

        await World.LookAsync();

        var said = World.Rows.Rows("SELECT * FROM messages WHERE resource_uuid=@p0", id).Single();
        Assert.That(World.Status(id), Is.EqualTo("error"));
        Assert.That(
            (said["event_id"], said["action_id"], said["detail_id"], said["resource_type"], said["project_id"], said["request_id"]),
            Is.EqualTo(("VOLUME_VOLUME_007_010", "007", "010", "VOLUME", Api.Project, "req-of-the-child")));
        Assert.That(World.Said(8124), Has.Exactly(1).Contains("action 007:detail 010").And.Exactly(1).Contains("req-of-the-child"));
    }

    [Test]
    public async Task Of_a_snapshot_too_and_of_a_backup()
    {
        var volume = await World.VolumeAsync();
        var (snapshot, backup) = (await World.SnapshotAsync(volume), await BackupAsync(volume));
        var there = (string)World.SnapshotRow(snapshot)["provider_id"]!;
        World.Child.Cinder.SayByHand("VOLUME_SNAPSHOT", there, "011", "014", "req-1");
        World.Child.Cinder.ChangeSnapshot(there, one => one.Status = "error");
        World.Child.Cinder.SayByHand("VOLUME_BACKUP", There(backup).Id, "014", "025", "req-2");
        World.Child.Cinder.ChangeBackup(There(backup).Id, one => one.Status = "error");

        await World.LookAsync();
        await AuditAsync();

        Assert.That((World.SnapshotRow(snapshot)["status"], Status(backup)), Is.EqualTo(("error", "error")));
        Assert.That((World.Messages(snapshot), World.Messages(backup)), Is.EqualTo((new[] { "011 014" }, new[] { "014 025" })).AsCollection);
    }

    [Test]
    public async Task It_is_said_once()
    {
        var id = await World.VolumeAsync();
        Break(id, "VOLUME", "007", "010");

        await World.LookAsync();
        await World.LookAsync();
        await World.AuditAsync();

        Assert.That(World.Messages(id), Is.EqualTo(new[] { "007 010" }));
    }

    [Test]
    public async Task Where_an_operator_did_it_without_a_word_nothing_is_said()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.SayByHand("VOLUME", World.Link(id)!, "007", "010", "req-long-ago");
        World.Time.Advance(TimeSpan.FromMinutes(5));
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "error");

        await World.LookAsync();

        Assert.That((World.Status(id), World.Messages(id).Count), Is.EqualTo(("error", 0)));
    }

    [Test]
    public async Task A_word_that_cinder_does_not_know_is_in_the_log_alone()
    {
        var id = await World.VolumeAsync();
        Break(id, "VOLUME", "vendor", "000");

        await World.LookAsync();

        Assert.That((World.Status(id), World.Messages(id).Count, World.Said(8124).Count), Is.EqualTo(("error", 0, 1)));
    }

    [Test]
    public async Task A_child_that_does_not_show_its_messages_is_an_error_without_words()
    {
        var id = await World.VolumeAsync();
        Break(id, "VOLUME", "007", "010");
        World.Child.On("GET", "/messages").Fail(9, 403);

        await World.LookAsync();

        Assert.That((World.Status(id), World.Messages(id).Count, World.Said(8125).Count), Is.EqualTo(("error", 0, 1)));
    }

    void Break(string id, string resource, string action, string detail, string request = "req-1")
    {
        World.Child.Cinder.SayByHand(resource, World.Link(id)!, action, detail, request);
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "error");
    }
}
