using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

sealed class RetypeTests : WorldTest
{
    [Test]
    public async Task The_child_retypes_and_the_quota_moves_from_type_to_type()
    {
        var id = await World.VolumeAsync(2);
        var snapshot = await World.SnapshotAsync(id);

        await World.DoAsync(Api.Retype(id, FakeCinderApi.Silver));

        Assert.That((World.Status(id), World.There(id).Type), Is.EqualTo(("available", "silver")));
        Assert.That((World.VolumeRow(id)["volume_type_id"], World.SnapshotRow(snapshot)["volume_type_id"]), Is.EqualTo((FakeCinderApi.Silver, FakeCinderApi.Silver)));
        Assert.That((Api.Quota.InUse.GetValueOrDefault("volumes_Gold"), Api.Quota.InUse["volumes_Silver"], Api.Quota.Reserved.Count), Is.EqualTo((0, 1, 0)));
    }

    [Test]
    public async Task Without_snapshots_the_quota_is_what_the_rows_say()
    {
        var id = await World.VolumeAsync(2);

        await World.DoAsync(Api.Retype(id, FakeCinderApi.Silver));

        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_second_delivery_of_one_that_is_done_leaves_the_next_one_to_its_own_message()
    {
        var id = await World.VolumeAsync(2);
        var first = Api.Retype(id, FakeCinderApi.Silver);
        await World.DoAsync(first);
        var second = Api.Retype(id, FakeCinderApi.Bronze);

        await World.DoAsync(first);
        Assert.That((World.Status(id), World.VolumeRow(id)["volume_type_id"]), Is.EqualTo(("retyping", FakeCinderApi.Silver)));
        await World.DoAsync(second);

        Assert.That((World.Status(id), World.VolumeRow(id)["volume_type_id"]), Is.EqualTo(("available", FakeCinderApi.Bronze)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task Two_types_that_are_one_in_the_child_need_nothing_of_it()
    {
        var id = await World.VolumeAsync(1, FakeCinderApi.Silver);

        await World.DoAsync(Api.Retype(id, FakeCinderApi.Bronze));

        Assert.That((World.Status(id), World.VolumeRow(id)["volume_type_id"], World.Child.Count("POST", "/volumes/*/action")), Is.EqualTo(("available", FakeCinderApi.Bronze, 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_the_child_takes_back_without_a_word_leaves_all_as_it_was()
    {
        var id = await World.VolumeAsync();
        World.Child.Cinder.Refuse("retype");

        await World.DoAsync(Api.Retype(id, FakeCinderApi.Silver));

        Assert.That((World.Status(id), World.VolumeRow(id)["volume_type_id"], World.There(id).Type), Is.EqualTo(("available", FakeCinderApi.Gold, "gold")));
        Api.Quota.ExpectWhole();
    }

    [TestCase("lvm@elsewhere#pool", FakeCinderApi.Silver, TestName = "to another cloud")]
    [TestCase(null, FakeCinderApi.Vault, TestName = "to a type that the parent encrypts")]
    [TestCase(null, FakeCinderApi.Plain, TestName = "to a type that stands for none in the child")]
    public async Task What_cannot_be_is_refused_before_the_child_hears_of_it(string? host, string type)
    {
        var id = await World.VolumeAsync();

        await World.DoAsync(Api.Retype(id, type, "on-demand", host));

        Assert.That((World.Status(id), World.VolumeRow(id)["volume_type_id"], World.Child.Count("POST", "/volumes/*/action")), Is.EqualTo(("available", FakeCinderApi.Gold, 0)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_second_delivery_after_the_end_changes_nothing()
    {
        var id = await World.VolumeAsync();
        var order = Api.Retype(id, FakeCinderApi.Silver);
        await World.DoAsync(order);
        await World.DoAsync(order);

        Assert.That(World.Child.Count("POST", "/volumes/*/action"), Is.EqualTo(1));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_volume_that_a_server_has_is_in_use_again()
    {
        var (id, _) = await Attached.AttachAsync(World, await World.VolumeAsync());

        await World.DoAsync(Api.Retype(id, FakeCinderApi.Silver));

        Assert.That((World.Status(id), World.There(id).Type), Is.EqualTo(("in-use", "silver")));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_migration_to_another_host_ends_where_it_began()
    {
        var id = await World.VolumeAsync();

        await World.DoAsync(Api.Migrate(id, "lvm@elsewhere#pool"));

        Assert.That((World.Status(id), World.VolumeRow(id)["migration_status"], World.VolumeRow(id)["host"]), Is.EqualTo(("available", "error", $"{World.Host}#nova")));
        Assert.That(World.There(id).Status, Is.EqualTo("available"));
    }
}
