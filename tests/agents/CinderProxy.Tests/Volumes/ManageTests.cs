using System.Text.Json.Nodes;
using Cascade.CinderProxy.Volumes.Watching;
using Cascade.Support;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

sealed class ManageTests : WorldTest
{
    static JsonObject ById(string id) => new() { ["source-id"] = id };

    static JsonObject ByName(string name) => new() { ["source-name"] = name };

    FakeVolume Theirs(int size = 4, string? project = null, string name = "old") => World.Child.Cinder.Make(project ?? Api.Project, size, edit: volume =>
    {
        (volume.Name, volume.UserId, volume.Content, volume.Bootable) = (name, "tenant", "old bytes", true);
        volume.ImageMetadata["os_distro"] = "debian";
    });

    [Test]
    public async Task A_volume_of_the_child_becomes_the_tenants_where_it_is_and_he_pays_for_it()
    {
        var theirs = Theirs();
        var order = Api.Manage(ById(theirs.Id));

        await World.DoAsync(order);

        var row = World.VolumeRow(order.Id);
        Assert.That((row["status"], row["size"], row["provider_id"], row["bootable"]), Is.EqualTo(("available", 4L, theirs.Id, 1L)));
        Assert.That((World.There(order.Id).Content, World.There(order.Id).Metadata["cascade_parent_id"]), Is.EqualTo(("old bytes", order.Id)));
        Assert.That(World.Rows.Texts("SELECT value FROM volume_glance_metadata WHERE volume_id=@p0 AND key='os_distro'", order.Id), Is.EqualTo(new[] { "debian" }));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_name_will_do_if_only_one_has_it_in_the_project()
    {
        Theirs(project: "other", name: "db");
        var theirs = Theirs(name: "db");
        var order = Api.Manage(ByName("db"));

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Link(order.Id)), Is.EqualTo(("available", theirs.Id)));
    }

    [Test]
    public async Task A_bare_word_of_the_command_line_may_be_an_id()
    {
        var theirs = Theirs();
        var order = Api.Manage(ByName(theirs.Id));

        await World.DoAsync(order);

        Assert.That(World.Link(order.Id), Is.EqualTo(theirs.Id));
    }

    static IEnumerable<TestCaseData> Refusals()
    {
        yield return new((World world, ManageTests test) => ById(test.Theirs(project: "other").Id)) { TestName = "of another project" };
        yield return new((World world, ManageTests test) => ById(Guid.NewGuid().ToString())) { TestName = "that is not there" };
        yield return new((World world, ManageTests test) =>
        {
            test.Theirs(name: "twin");
            return ByName(test.Theirs(name: "twin").Name);
        }) { TestName = "whose name two have" };
        yield return new((World world, ManageTests test) => ById(world.Link(test.taken)!)) { TestName = "that is one of the parent already" };
        yield return new((World world, ManageTests test) =>
        {
            var theirs = test.Theirs();
            world.Child.Cinder.Change(theirs.Id, volume => volume.Status = "error");
            return ById(theirs.Id);
        }) { TestName = "that is in error" };
        yield return new((World world, ManageTests test) =>
        {
            test.Api.Quota.Limit("gigabytes", 3);
            return ById(test.Theirs(size: 4).Id);
        }) { TestName = "too large for the quota" };
    }

    string taken = "";

    [TestCaseSource(nameof(Refusals))]
    public async Task What_may_not_be_taken_over_is_an_error_and_costs_no_gigabyte(object of)
    {
        taken = await World.VolumeAsync();
        var before = Api.Quota.InUse["gigabytes"];
        var order = Api.Manage(((Func<World, ManageTests, JsonObject>)of)(World, this));

        await World.DoAsync(order);

        Assert.That((World.Status(order.Id), World.Link(order.Id), Api.Quota.InUse["gigabytes"]), Is.EqualTo(("error_managing", (string?)null, before)));
        Assert.That(World.Status(taken), Is.EqualTo("available"));
        Api.Quota.ExpectWhole();
    }

    /// <summary>A volume of our own making that was given up: the one kind that a stamp makes ours again.</summary>
    async Task<string> GivenUpAsync(int size = 4)
    {
        var given = await World.VolumeAsync(size, content: "precious");
        var childId = World.Link(given)!;
        await World.DoAsync(Api.Delete(given, unmanage: true));
        return childId;
    }

    [Test]
    public async Task One_of_our_making_that_the_quota_keeps_out_is_not_deleted_with_the_row_that_was_to_have_it()
    {
        var childId = await GivenUpAsync(4);
        Api.Quota.Limit("gigabytes", 3);
        var order = Api.Manage(ById(childId));
        await World.DoAsync(order);
        Assert.That((World.Status(order.Id), World.Child.Cinder.Find(childId)!.Metadata), Is.EqualTo(("error_managing", new Dictionary<string, string>())));

        await World.DoAsync(Api.Delete(order.Id));

        Assert.That((World.Status(order.Id), World.Child.Cinder.Find(childId)?.Content), Is.EqualTo(("deleted", "precious")));
        Assert.That(await World.Of<VolumeReaper>().OrphansAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_row_that_was_to_have_it_goes_without_it_though_the_stamp_is_still_on_it()
    {
        var childId = await GivenUpAsync();
        var id = Api.Existing(null, 0, status: "error_managing");
        World.Child.Cinder.Change(childId, volume => (volume.Metadata["cascade_parent_id"], volume.Metadata["cascade_host"]) = (id, World.Host));

        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.Child.Cinder.Find(childId)?.Content), Is.EqualTo(("deleted", "precious")));
        Assert.That(await World.Of<VolumeReaper>().OrphansAsync(default), Is.Empty);
    }

    [Test]
    public async Task A_stamp_that_the_child_does_not_let_go_keeps_the_row_in_a_state_whose_delete_spares_the_child()
    {
        var childId = await GivenUpAsync();
        var id = Api.Existing(null, 0, status: "error_managing");
        World.Child.Cinder.Change(childId, volume =>
            (volume.Metadata["cascade_parent_id"], volume.Metadata["cascade_host"], volume.Status) = (id, World.Host, "maintenance"));
        await World.DoAsync(Api.Delete(id));
        Assert.That((World.Status(id), World.Child.Cinder.Find(childId)?.Content), Is.EqualTo(("error_managing", "precious")));

        World.Child.Cinder.Change(childId, volume => volume.Status = "available");
        await World.DoAsync(Api.Delete(id));

        Assert.That((World.Status(id), World.Child.Cinder.Find(childId)?.Content), Is.EqualTo(("deleted", "precious")));
    }

    [Test]
    public async Task One_that_somebody_has_reset_meanwhile_is_not_taken_over_and_costs_nothing()
    {
        var theirs = Theirs();
        var stamping = World.Child.On("POST", "/volumes/*/metadata").HoldBefore();
        var order = Api.Manage(ById(theirs.Id));
        var managing = World.DeliverAsync(order);
        await stamping.Arrived;
        World.Rows.Update("volumes", order.Id, ("status", "error"));
        stamping.Release();
        await managing;

        Assert.That((World.Status(order.Id), World.Link(order.Id), Api.Quota.InUse.GetValueOrDefault("gigabytes")), Is.EqualTo(("error", (string?)null, 0)));
        Assert.That(World.Child.Cinder.Find(theirs.Id)!.Metadata, Is.Empty);
    }

    [Test]
    public async Task Delivered_twice_it_is_paid_for_once()
    {
        var order = Api.Manage(ById(Theirs().Id));
        await World.DoAsync(order);
        await World.DoAsync(order);

        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_snapshot_of_a_managed_volume_is_taken_over_and_what_it_is_smaller_by_is_given_back()
    {
        var theirs = Theirs(2);
        var old = World.Child.Cinder.MakeSnapshot(theirs.Id);
        World.Child.Cinder.Change(theirs.Id, volume => volume.Size = 5);
        var volume = Api.Manage(ById(theirs.Id));
        await World.DoAsync(volume);
        var order = Api.ManageSnapshot(volume.Id, ById(old.Id));

        await World.DoAsync(order);

        var row = World.SnapshotRow(order.Id);
        Assert.That((row["status"], row["volume_size"], row["provider_id"]), Is.EqualTo(("available", 2L, old.Id)));
        Assert.That(World.Child.Cinder.FindSnapshot(old.Id)!.Metadata["cascade_parent_id"], Is.EqualTo(order.Id));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_snapshot_that_somebody_has_reset_meanwhile_is_not_taken_over()
    {
        var theirs = Theirs();
        var volume = Api.Manage(ById(theirs.Id));
        await World.DoAsync(volume);
        var old = World.Child.Cinder.MakeSnapshot(theirs.Id);
        var stamping = World.Child.On("POST", "/snapshots/*/metadata").HoldBefore();
        var order = Api.ManageSnapshot(volume.Id, ById(old.Id));
        var managing = World.DeliverAsync(order);
        await stamping.Arrived;
        World.Rows.Update("snapshots", order.Id, ("status", "error"));
        stamping.Release();
        await managing;

        Assert.That((World.SnapshotRow(order.Id)["status"], World.SnapshotRow(order.Id)["provider_id"]), Is.EqualTo(("error", (object?)null)));
        Assert.That(World.Child.Cinder.FindSnapshot(old.Id)!.Metadata, Is.Empty);
    }

    [Test]
    public async Task A_snapshot_of_another_volume_is_refused()
    {
        var old = World.Child.Cinder.MakeSnapshot(Theirs().Id);
        var order = Api.ManageSnapshot(await World.VolumeAsync(), ById(old.Id));

        await World.DoAsync(order);

        Assert.That((World.SnapshotRow(order.Id)["status"], World.SnapshotRow(order.Id)["provider_id"]), Is.EqualTo(("error", (object?)null)));
    }

    [Test]
    public async Task The_list_says_what_is_taken_and_what_may_be_and_is_cut_by_page()
    {
        var mine = await World.VolumeAsync();
        var theirs = Theirs(9);

        var list = await ListAsync("size", "desc", 100, 0);

        Assert.That(list.Select(one => (string)one["reference"]!["source-id"]!), Is.EqualTo(new[] { theirs.Id, World.Link(mine) }));
        Assert.That(((bool)list[0]["safe_to_manage"]!, (string?)list[0]["cinder_id"]), Is.EqualTo((true, (string?)null)));
        Assert.That(((bool)list[1]["safe_to_manage"]!, (string?)list[1]["cinder_id"], (string?)list[1]["reason_not_safe"]), Is.EqualTo((false, mine, "already managed")));
        Assert.That((await ListAsync("size", "asc", 1, 0)).Select(one => (int)one["size"]!), Is.EqualTo(new[] { 1 }));
        Assert.That((await ListAsync("size", "asc", 1, 1)).Select(one => (int)one["size"]!), Is.EqualTo(new[] { 9 }));
    }

    async Task<List<JsonObject>> ListAsync(string key, string direction, int limit, int offset)
    {
        var asked = RpcSample.Order("get_manageable_volumes", "-", Api.Project, Api.User, args =>
            (args["sort_keys"], args["sort_dirs"], args["limit"], args["offset"]) = (new JsonArray(key), new JsonArray(direction), limit, offset));
        return [.. (await World.DeliverAsync(asked))!.AsArray().Select(one => one!["versioned_object.data"]!.AsObject())];
    }
}
