using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Volumes;

sealed class ExtendTests : WorldTest
{
    [Test]
    public async Task A_free_volume_grows_in_both_clouds_and_what_was_reserved_is_in_use()
    {
        var id = await World.VolumeAsync(2, content: "kept");
        var order = Api.Extend(id, 5);
        Assert.That(Api.Quota.Reserved, Is.EquivalentTo(new Dictionary<string, int> { ["gigabytes"] = 3, ["gigabytes_Gold"] = 3 }));

        await World.DoAsync(order);

        Assert.That((World.Status(id), World.VolumeRow(id)["size"], World.There(id).Size, World.There(id).Content), Is.EqualTo(("available", 5L, 5, "kept")));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_second_delivery_of_one_that_is_done_leaves_the_next_one_to_its_own_message()
    {
        var id = await World.VolumeAsync(2);
        var first = Api.Extend(id, 3);
        await World.DoAsync(first);
        var second = Api.Extend(id, 5);

        await World.DoAsync(first);
        Assert.That((World.Status(id), World.VolumeRow(id)["size"]), Is.EqualTo(("extending", 3L)));
        await World.DoAsync(second);

        Assert.That((World.Status(id), World.VolumeRow(id)["size"], World.There(id).Size), Is.EqualTo(("available", 5L, 5)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task While_the_child_is_at_it_nothing_is_said_and_the_reservations_are_held()
    {
        var id = await World.VolumeAsync(2);
        World.Child.Cinder.Hold("extend");
        var extending = World.DeliverAsync(Api.Extend(id, 3));
        await World.Child.UntilAsync(cloud => cloud.Cinder.Waiting("extend") == 1);
        await World.LookAsync();
        await World.LookAsync();
        Assert.That((extending.IsCompleted, World.Status(id), World.VolumeRow(id)["size"], Api.Quota.Reserved["gigabytes"]), Is.EqualTo((false, "extending", 2L, 1)));

        World.Child.Cinder.Release("extend");
        await World.ThroughAsync(extending);

        Assert.That((World.Status(id), World.VolumeRow(id)["size"]), Is.EqualTo(("available", 3L)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task An_attached_volume_grows_in_use_and_the_parents_nova_is_told()
    {
        var (id, server) = await Attached.AttachAsync(World, await World.VolumeAsync(1));

        await World.DoAsync(Api.Extend(id, 2));

        Assert.That((World.Status(id), World.There(id).Status, World.There(id).Size), Is.EqualTo(("in-use", "in-use", 2)));
        Assert.That(World.Above.Matching("POST", "/os-server-external-events").Single().Body, Does.Contain("volume-extended").And.Contain(id).And.Contain(server.Instance));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_nova_that_cannot_be_told_changes_nothing_but_that_the_tenant_reads_of_it()
    {
        var (id, _) = await Attached.AttachAsync(World, await World.VolumeAsync(1));
        World.Above.On("POST", "/os-server-external-events").Fail(10, 503);

        await World.DoAsync(Api.Extend(id, 2));

        Assert.That((World.Status(id), World.VolumeRow(id)["size"]), Is.EqualTo(("in-use", 2L)));
        Assert.That(World.Messages(id), Is.EqualTo(new[] { "007 009" }));
    }

    [Test]
    public async Task What_the_child_refuses_is_an_error_that_the_tenant_reads_and_nothing_stays_reserved()
    {
        var id = await World.VolumeAsync(1);
        World.Child.Cinder.SetQuota(Api.Project, "gigabytes", 1);

        await World.DoAsync(Api.Extend(id, 9));

        Assert.That((World.Status(id), World.VolumeRow(id)["size"]), Is.EqualTo(("error_extending", 1L)));
        Assert.That(World.Messages(id), Is.EqualTo(new[] { "007 010" }));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task What_goes_wrong_in_the_child_afterwards_ends_the_same()
    {
        var id = await World.VolumeAsync(1);
        World.Child.Cinder.Refuse("extend");

        await World.DoAsync(Api.Extend(id, 2));

        Assert.That((World.Status(id), World.VolumeRow(id)["size"]), Is.EqualTo(("error_extending", 1L)));
        Api.Quota.ExpectWhole();
    }

    [TestCase(true, TestName = "Delivered twice after it went well")]
    [TestCase(false, TestName = "Delivered twice after it failed")]
    public async Task The_reservations_are_ended_once(bool well)
    {
        var id = await World.VolumeAsync(1);
        if (!well)
        {
            World.Child.Cinder.Refuse("extend");
        }

        var order = Api.Extend(id, 2);
        await World.DoAsync(order);
        await World.DoAsync(order);

        Assert.That((World.VolumeRow(id)["size"], World.Child.Count("POST", "/volumes/*/action")), Is.EqualTo((well ? 2L : 1L, 1)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task A_life_that_died_after_it_had_asked_is_followed_by_one_that_asks_no_second_time()
    {
        var id = await World.VolumeAsync(1);
        World.Child.Cinder.Hold("extend");
        var order = Api.Extend(id, 2);
        _ = World.DeliverAsync(order);
        await World.Child.UntilAsync(cloud => cloud.Cinder.Waiting("extend") == 1);
        await World.RebornAsync();
        var again = World.DeliverAsync(order);
        World.Child.Cinder.Release("extend");
        await World.ThroughAsync(again);

        Assert.That((World.Status(id), World.Child.Count("POST", "/volumes/*/action")), Is.EqualTo(("available", 1)));
        Api.Quota.ExpectWhole();
    }

    [Test]
    public async Task One_that_is_gone_in_the_child_cannot_grow()
    {
        var id = await World.VolumeAsync(1);
        World.Child.Cinder.Vanish(World.Link(id)!);

        await World.DoAsync(Api.Extend(id, 2));

        Assert.That(World.Status(id), Is.EqualTo("error_extending"));
        Api.Quota.ExpectWhole();
    }
}
