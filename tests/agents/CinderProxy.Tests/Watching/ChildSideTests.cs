using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Snapshots;
using Cascade.CinderProxy.Volumes.Watching;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Watching;

/// <summary>What happens in the child by itself, and what an earlier life left.</summary>
sealed class ChildSideTests : WorldTest
{
    [Test]
    public async Task What_goes_wrong_there_is_an_error_and_what_heals_there_heals()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "error");
        await World.LookAsync();
        Assert.That(World.Status(id), Is.EqualTo("error"));

        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "available");
        await World.LookAsync();

        Assert.That(World.Status(id), Is.EqualTo("available"));
    }

    [Test]
    public async Task An_administrators_reset_of_what_is_still_wrong_there_holds_until_the_next_audit_and_no_longer()
    {
        var (id, snapshot) = (await World.VolumeAsync(), await World.SnapshotAsync(await World.VolumeAsync()));
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "error");
        World.Child.Cinder.ChangeSnapshot((string)World.SnapshotRow(snapshot)["provider_id"]!, one => one.Status = "error");
        await World.LookAsync();
        Assert.That((World.Status(id), World.SnapshotRow(snapshot)["status"]), Is.EqualTo(("error", "error")));
        World.Rows.Update("volumes", id, ("status", "available"));
        World.Rows.Update("snapshots", snapshot, ("status", "available"));
        await World.LookAsync();
        Assert.That(World.Status(id), Is.EqualTo("available"), "the poll tells news alone");

        await World.AuditAsync();

        Assert.That((World.Status(id), World.SnapshotRow(snapshot)["status"]), Is.EqualTo(("error", "error")));
    }

    [Test]
    public async Task An_error_that_somebody_else_made_is_left_to_him()
    {
        var id = await World.VolumeAsync();
        World.Rows.Update("volumes", id, ("status", "error"));

        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Size = volume.Size);
        await World.AuditAsync();

        Assert.That(World.Status(id), Is.EqualTo("error"));
    }

    [Test]
    public async Task What_its_operator_made_larger_is_larger_and_paid_for_once()
    {
        var id = await World.VolumeAsync(1);
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Size = 6);

        await World.LookAsync();
        await World.AuditAsync();

        Assert.That(World.VolumeRow(id)["size"], Is.EqualTo(6L));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_vanished_there_is_an_error_and_never_deleted_here()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Vanish(World.Link(id)!);

        await World.AuditAsync();

        Assert.That((World.Status(id), World.VolumeRow(id)["deleted"]), Is.EqualTo(("error", 0L)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_a_server_has_keeps_its_state_or_nobody_could_detach_it()
    {
        var (id, _) = await Attached.AttachAsync(World, await World.VolumeAsync());
        World.Child.Cinder.Change(World.Link(id)!, volume => volume.Status = "error");

        await World.LookAsync();

        Assert.That(World.Status(id), Is.EqualTo("in-use"));
    }

    [Test]
    public async Task A_create_that_was_linked_is_ended_by_the_next_life_without_its_message()
    {
        World.Child.Cinder.Hold("create");
        var order = Api.Create();
        await World.DeliverAsync(order);
        await World.RebornAsync();
        World.Child.Cinder.Release("create");

        await World.ResumeAsync();

        Assert.That((World.Status(order.Id), World.Workers.Count), Is.EqualTo(("available", 0)));
    }

    [Test]
    public async Task A_delete_that_was_asked_for_is_ended_by_the_next_life_without_its_message()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Hold("delete");
        await World.DeliverAsync(Api.Delete(id));
        await World.RebornAsync();
        World.Child.Cinder.Release("delete");

        await World.ResumeAsync();

        Assert.That((World.Status(id), World.Workers.Count), Is.EqualTo(("deleted", 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_delete_whose_message_was_lost_is_done_all_the_same()
    {
        var id = await World.VolumeAsync();
        _ = Api.Delete(id);
        await World.RebornAsync();

        await World.ResumeAsync();

        Assert.That((World.Status(id), World.Child.Cinder.Volumes.Count), Is.EqualTo(("deleted", 0)));
    }

    [Test]
    public async Task A_snapshot_that_was_being_made_or_was_going_is_ended_too()
    {
        var volume = await World.VolumeAsync();
        var going = await World.SnapshotAsync(volume);
        World.Child.Cinder.Hold("snapshot", "delete-snapshot");
        var making = Api.Snapshot(volume);
        await World.DeliverAsync(making);
        await World.DeliverAsync(Api.DeleteSnapshot(going));
        await World.RebornAsync();
        World.Child.Cinder.Release("snapshot", "delete-snapshot");

        await World.ResumeAsync();

        Assert.That((World.SnapshotRow(making.Id)["status"], World.SnapshotRow(going)["deleted"]), Is.EqualTo(("available", 1L)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_create_of_which_nothing_is_left_ends_as_an_error_after_the_time_that_the_child_has()
    {
        var order = Api.Create();
        await World.RebornAsync();
        await World.ResumeAsync();
        Assert.That(World.Status(order.Id), Is.EqualTo("creating"), "its message may still come");

        World.Time.Advance(TimeSpan.FromHours(1));
        await World.ResumeAsync();

        Assert.That(World.Status(order.Id), Is.EqualTo("error"));
    }

    [Test]
    public async Task An_administrator_who_asks_for_it_need_not_wait()
    {
        var id = await World.VolumeAsync();
        _ = Api.Delete(id);

        await World.DeliverAsync(RpcSample.Order("do_cleanup", "-", Api.Project, Api.User, _ => { }));
        await World.LookAsync();

        Assert.That(World.Status(id), Is.EqualTo("deleted"));
    }

    [Test]
    public async Task What_nobody_wants_is_reaped_after_its_time_and_nothing_else()
    {
        var kept = await World.VolumeAsync();
        var us = World.Child.Keystone.UserId;
        string Plant(string user, string host, string? parent) => World.Child.Cinder.Make(Api.Project, edit: volume =>
        {
            volume.UserId = user;
            volume.Metadata["cascade_host"] = host;
            if (parent is not null)
            {
                volume.Metadata["cascade_parent_id"] = parent;
            }
        }).Id;
        var orphan = Plant(us, World.Host, Guid.NewGuid().ToString());
        var twin = Plant(us, World.Host, kept);
        var foreign = new[] { Plant("tenant", World.Host, Guid.NewGuid().ToString()), Plant(us, "other@child1", Guid.NewGuid().ToString()), Plant(us, World.Host, null) };

        var reaped = await Orphans.ReapAsync(World, World.Of<VolumeReaper>());

        Assert.That(reaped, Is.EquivalentTo(new[] { orphan, twin }));
        Assert.That(World.Child.Cinder.Volumes.Select(volume => volume.Id), Is.EquivalentTo(foreign.Append(World.Link(kept))));
    }

    [Test]
    public async Task Snapshots_that_nobody_wants_are_reaped_like_volumes_and_nothing_else()
    {
        var volume = await World.VolumeAsync();
        var (kept, gone, busy) = (await World.SnapshotAsync(volume), await World.SnapshotAsync(volume), await World.SnapshotAsync(volume));
        string Of(string snapshot) => (string)World.SnapshotRow(snapshot)["provider_id"]!;
        string Plant(string user, string host, string? parent) => World.Child.Cinder.MakeSnapshot(World.Link(volume)!, snapshot =>
        {
            snapshot.UserId = user;
            snapshot.Metadata["cascade_host"] = host;
            if (parent is not null)
            {
                snapshot.Metadata["cascade_parent_id"] = parent;
            }
        }).Id;
        var us = World.Child.Keystone.UserId;
        var twin = Plant(us, World.Host, kept);
        var foreign = new[] { Plant("tenant", World.Host, Guid.NewGuid().ToString()), Plant(us, "other@child1", Guid.NewGuid().ToString()), Plant(us, World.Host, null) };
        World.Rows.Run("UPDATE snapshots SET deleted=1 WHERE id IN (@p0, @p1)", gone, busy);
        World.Child.Cinder.ChangeSnapshot(Of(busy), snapshot => snapshot.Status = "backing-up");
        // A create that waits for its answer.
        var awaited = Api.Snapshot(volume).Id;
        var unlinked = Plant(us, World.Host, awaited);

        var reaped = await Orphans.ReapAsync(World, World.Of<SnapshotReaper>());

        Assert.That(reaped, Is.EquivalentTo(new[] { Of(gone), twin }));
        Assert.That(World.Child.Cinder.Snapshots.Select(snapshot => snapshot.Id), Is.EquivalentTo(foreign.Concat([Of(kept), Of(busy), unlinked])));
    }

    [Test]
    public async Task The_list_shows_both_clouds_side_by_side_with_what_is_odd()
    {
        var (fine, lost, held) = (await World.VolumeAsync(), await World.VolumeAsync(), await World.VolumeAsync());
        World.Child.Cinder.Vanish(World.Link(lost)!);
        World.Child.Nova.AttachByHand(World.Child.Nova.Plant("vm", Api.Project, "t").Id, World.Link(held)!);
        var unlinked = Api.Create().Id;

        var rows = await World.All<IMirrorSource>().Single(source => source.Noun == "volumes").ReadAsync(default);

        string NoteOf(string id) => rows.Single(row => row.Uuid == id).Note;
        Assert.Multiple(() =>
        {
            Assert.That(NoteOf(fine), Is.EqualTo("linked"));
            Assert.That(NoteOf(lost), Is.EqualTo("missing in the child"));
            Assert.That(NoteOf(held), Does.StartWith("attached in the child to server"));
            Assert.That(NoteOf(unlinked), Is.EqualTo("not linked"));
        });
    }
}
