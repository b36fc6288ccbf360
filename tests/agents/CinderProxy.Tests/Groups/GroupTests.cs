using Cascade.Agent.Child;
using Cascade.Oslo.Messaging.Rpc;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Groups;

sealed class GroupTests : WorldTest
{
    string? Status(string group) => (string?)World.Rows.Row("groups", group)["status"];

    async Task<(string Group, string[] Members)> GroupAsync(int members)
    {
        var order = Api.CreateGroup();
        await World.DoAsync(order);
        var volumes = new List<string>();
        for (var i = 0; i < members; i++)
        {
            volumes.Add(await World.VolumeAsync(content: $"volume {i}"));
        }

        await World.DoAsync(Api.UpdateGroup(order.Id, [.. volumes], []));
        return (order.Id, [.. volumes]);
    }

    [Test]
    public async Task A_group_is_made_and_takes_volumes_in_and_lets_them_go()
    {
        var (group, members) = await GroupAsync(2);
        Assert.That((Status(group), World.VolumeRow(members[0])["group_id"], World.VolumeRow(members[1])["group_id"]), Is.EqualTo(("available", group, group)));

        await World.DoAsync(Api.UpdateGroup(group, [], [members[0]]));

        Assert.That((Status(group), World.VolumeRow(members[0])["group_id"], World.VolumeRow(members[1])["group_id"]), Is.EqualTo(("available", (object?)null, group)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task It_goes_with_the_last_of_its_volumes_and_its_quota_with_it()
    {
        var (group, members) = await GroupAsync(2);
        World.Child.Cinder.Hold("delete");
        await World.DoAsync(Api.DeleteGroup(group));
        Assert.That((Status(group), World.Rows.Row("groups", group)["deleted"]), Is.EqualTo(("deleting", 0L)));

        World.Child.Cinder.Finish(World.Link(members[0])!);
        await World.LookAsync();
        Assert.That((World.Status(members[0]), World.Rows.Row("groups", group)["deleted"]), Is.EqualTo(("deleted", 0L)));
        World.Child.Cinder.Release("delete");
        await World.LookAsync();

        Assert.That((World.Status(members[1]), World.Rows.Row("groups", group)["deleted"]), Is.EqualTo(("deleted", 1L)));
        Assert.That(Api.Quota.InUse, Is.Empty);
    }

    [Test]
    public async Task One_of_whose_volumes_the_child_keeps_is_an_error_and_may_be_deleted_again()
    {
        var (group, members) = await GroupAsync(2);
        World.Child.Cinder.Hold("delete");
        await World.DoAsync(Api.DeleteGroup(group));
        World.Child.Cinder.Fail(World.Link(members[0])!);
        World.Child.Cinder.Release("delete");
        await World.LookAsync();
        await World.LookAsync();
        Assert.That((World.Status(members[0]), World.Status(members[1]), Status(group)), Is.EqualTo(("error_deleting", "deleted", "error")));
        Api.Quota.ExpectWhole();

        World.Child.Cinder.Change(World.Link(members[0])!, volume => volume.Status = "available");
        await World.DoAsync(Api.DeleteGroup(group));

        Assert.That((World.Status(members[0]), World.Rows.Row("groups", group)["deleted"]), Is.EqualTo(("deleted", 1L)));
        Assert.That(Api.Quota.InUse, Is.Empty);
    }

    [Test]
    public async Task A_group_snapshot_of_which_the_child_keeps_one_is_an_error()
    {
        var (group, _) = await GroupAsync(2);
        var order = Api.CreateGroupSnapshot(group);
        await World.DoAsync(order);
        World.Child.On("DELETE", "/snapshots/*").FailOnce(400);

        await World.DoAsync(Api.DeleteGroupSnapshot(order.Id));

        Assert.That((World.Rows.Row("group_snapshots", order.Id)["status"], World.Child.Cinder.Snapshots.Count), Is.EqualTo(("error", 1)));
        Assert.That(World.Rows.Texts("SELECT status FROM snapshots WHERE group_snapshot_id=@p0 ORDER BY status", order.Id), Is.EqualTo(new[] { "available", "deleted" }));
        Api.Quota.ExpectWhole();
    }

    /// <summary>Of a group snapshot of two, one given back by the child and one left to a message that comes again.</summary>
    async Task<Order> HalfDeletedAsync(string snapshot)
    {
        World.Child.On("DELETE", "/snapshots/*").FailOnce(400);
        var second = World.Child.On("DELETE", "/snapshots/*").HoldBefore();
        var order = Api.DeleteGroupSnapshot(snapshot);
        var deleting = World.DeliverAsync(order);
        await second.Arrived;
        World.Child.Unreachable = true;
        second.Release();
        Assert.CatchAsync<ParkException>(() => deleting);
        World.Child.Unreachable = false;
        await World.Of<ChildHealth>().CheckAsync(default);
        return order;
    }

    [Test]
    public async Task A_second_delivery_deletes_no_snapshot_that_was_given_back()
    {
        var (group, _) = await GroupAsync(2);
        var snapshot = Api.CreateGroupSnapshot(group);
        await World.DoAsync(snapshot);
        var order = await HalfDeletedAsync(snapshot.Id);
        Assert.That(Members(snapshot.Id), Is.EqualTo(new[] { "available", "deleting" }));

        await World.DoAsync(order);

        Assert.That((World.Rows.Row("group_snapshots", snapshot.Id)["status"], World.Child.Cinder.Snapshots.Count), Is.EqualTo(("error", 1)));
        Assert.That(Members(snapshot.Id), Is.EqualTo(new[] { "available", "deleted" }));
        Api.Quota.ExpectWhole();
    }

    IReadOnlyList<string?> Members(string snapshot) => World.Rows.Texts("SELECT status FROM snapshots WHERE group_snapshot_id=@p0 ORDER BY status", snapshot);

    /// <summary>While the first member is spoken of with the child, somebody makes the others something else; what is left of them in the child is counted by the test.</summary>
    async Task MeanwhileAsync(Order order, string method, string pattern, string table, string column, string status)
    {
        var first = World.Child.On(method, pattern).HoldBefore();
        var all = World.DeliverAsync(order);
        await first.Arrived;
        World.Rows.Run($"UPDATE {table} SET status=@p0 WHERE {column}=@p1 AND id>(SELECT MIN(id) FROM {table} WHERE {column}=@p1)", status, order.Id);
        first.Release();
        await World.ThroughAsync(all);
    }

    [Test]
    public async Task Members_that_are_not_to_go_any_more_when_it_is_their_turn_stay()
    {
        var (group, _) = await GroupAsync(2);
        var snapshot = Api.CreateGroupSnapshot(group);
        await World.DoAsync(snapshot);
        await MeanwhileAsync(Api.DeleteGroupSnapshot(snapshot.Id), "DELETE", "/snapshots/*", "snapshots", "group_snapshot_id", "available");
        Assert.That(World.Child.Count("DELETE", "/snapshots/*"), Is.EqualTo(1));

        await MeanwhileAsync(Api.DeleteGroup(group), "DELETE", "/volumes/*", "volumes", "group_id", "available");
        Assert.That(World.Child.Count("DELETE", "/volumes/*"), Is.EqualTo(1));
    }

    [Test]
    public async Task Members_that_are_to_go_when_it_is_their_turn_are_not_made()
    {
        var (group, _) = await GroupAsync(2);
        var made = World.Child.Count("POST", "/volumes");
        var snapshot = Api.CreateGroupSnapshot(group);
        await World.DoAsync(snapshot);
        await MeanwhileAsync(Api.CreateGroupFrom(snapshot.Id), "POST", "/volumes", "volumes", "group_id", "deleting");
        Assert.That(World.Child.Count("POST", "/volumes"), Is.EqualTo(made + 1));

        await MeanwhileAsync(Api.CreateGroupSnapshot(group), "POST", "/snapshots", "snapshots", "group_snapshot_id", "deleting");
        Assert.That(World.Child.Count("POST", "/snapshots"), Is.EqualTo(3));
    }

    [Test]
    public async Task An_empty_group_goes_at_once()
    {
        var (group, _) = await GroupAsync(0);

        await World.DeliverAsync(Api.DeleteGroup(group));

        Assert.That(World.Rows.Row("groups", group)["deleted"], Is.EqualTo(1L));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_group_snapshot_is_one_of_each_volume_and_available_with_the_last()
    {
        var (group, _) = await GroupAsync(2);
        World.Child.Cinder.Hold("snapshot");
        var order = Api.CreateGroupSnapshot(group);
        await World.DoAsync(order);
        Assert.That((World.Rows.Row("group_snapshots", order.Id)["status"], World.Child.Cinder.Snapshots.Count), Is.EqualTo(("creating", 2)));

        World.Child.Cinder.Release("snapshot");
        await World.LookAsync();

        Assert.That(World.Rows.Row("group_snapshots", order.Id)["status"], Is.EqualTo("available"));
        Assert.That(World.Rows.Texts("SELECT status FROM snapshots WHERE group_snapshot_id=@p0", order.Id), Is.All.EqualTo("available"));
        Api.Quota.ExpectWhole();

        await World.DoAsync(Api.DeleteGroupSnapshot(order.Id));
        Assert.That((World.Rows.Row("group_snapshots", order.Id)["deleted"], World.Child.Cinder.Snapshots.Count), Is.EqualTo((1L, 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_group_snapshot_of_which_one_failed_is_an_error()
    {
        var (group, _) = await GroupAsync(2);
        World.Child.Cinder.Hold("snapshot");
        var order = Api.CreateGroupSnapshot(group);
        await World.DoAsync(order);
        World.Child.Cinder.Fail(World.Child.Cinder.Snapshots[0].Id);
        World.Child.Cinder.Release("snapshot");
        await World.LookAsync();
        await World.LookAsync();

        Assert.That(World.Rows.Row("group_snapshots", order.Id)["status"], Is.EqualTo("error"));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_group_of_a_group_snapshot_has_volumes_with_the_same_bytes()
    {
        var (group, _) = await GroupAsync(2);
        var snapshot = Api.CreateGroupSnapshot(group);
        await World.DoAsync(snapshot);
        var order = Api.CreateGroupFrom(snapshot.Id);

        await World.DoAsync(order);
        await World.LookAsync();

        Assert.That(Status(order.Id), Is.EqualTo("available"));
        var made = World.Rows.Texts("SELECT provider_id FROM volumes WHERE group_id=@p0 AND status='available'", order.Id);
        Assert.That(made.Select(one => World.Child.Cinder.Find(one!)!.Content), Is.EquivalentTo(new[] { "volume 0", "volume 1" }));
        Api.Quota.ExpectWhole();
    }

    [TestCase("enable_replication")]
    [TestCase("disable_replication")]
    [TestCase("failover_replication")]
    public async Task Replication_ends_in_error_and_in_no_state_without_end(string method)
    {
        var (group, _) = await GroupAsync(0);

        await World.DeliverAsync(RpcSample.Order(method, group, Api.Project, Api.User, args => RpcSample.Fill(args["group"], World.Rows.Row("groups", group))));

        Assert.That(Status(group), Is.EqualTo("error"));
    }
}
