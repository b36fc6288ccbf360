using System.Globalization;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>Images made of servers and put under them, on real clouds: snapshot, backup, rebuild, rescue, shelve.</summary>
abstract class Images(string parentRelease, string childRelease) : Pairing(parentRelease, childRelease)
{
    string Server => $"img-{Child}";

    [OneTimeTearDown]
    public async Task Remove_what_is_left()
    {
        await Tenant.TryAsync("server", "delete", Server);
        foreach (var image in (await Tenant.AskAsync("image", "list", "--private")).AsArray().Where(at => Text(at, "Name").StartsWith("lab-", StringComparison.Ordinal)))
        {
            await Tenant.TryAsync("image", "delete", Text(image, "ID"));
        }
    }

    [Test, Order(1)]
    public async Task A_snapshot_is_an_image_of_the_parent_with_the_childs_bytes()
    {
        await CreateAsync(Server);
        await Tenant.BecomesAsync(Server, "ACTIVE");
        await Tenant.RunAsync("server", "image", "create", "--name", "lab-snap", Server);
        var image = await Poll.UntilAsync("the snapshot is active", () => Tenant.AskAsync("image", "show", "lab-snap"), at => Text(at, "status") == "active");
        await IdleAsync(Server);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(long.Parse(Text(image, "size"), CultureInfo.InvariantCulture), Is.GreaterThan(0));
            Assert.That(Text(image, "disk_format"), Is.EqualTo("qcow2").Or.EqualTo("raw"));
            Assert.That(Text(image, "container_format"), Is.EqualTo("bare"));
            Assert.That(await EventsAsync(Server, "createImage"), Is.EquivalentTo(["compute_snapshot_instance"]));
            Assert.That(await TemporaryAsync(), Is.Empty, "the child's image was only the way");
        }
    }

    [Test, Order(2)]
    public async Task Of_two_backups_with_a_rotation_of_one_the_newer_stays()
    {
        foreach (var name in new[] { "lab-old", "lab-new" })
        {
            await Tenant.RunAsync("server", "backup", "create", "--name", name, "--type", "daily", "--rotate", "1", Server);
            await Poll.UntilAsync($"{name} is active", () => Tenant.AskAsync("image", "show", name), at => Text(at, "status") == "active");
            await IdleAsync(Server);
        }

        var names = (await Tenant.AskAsync("image", "list", "--private")).AsArray().Select(at => Text(at, "Name")).ToList();
        Assert.That(names, Has.Member("lab-new").And.No.Member("lab-old"));
    }

    [Test, Order(3)]
    public async Task A_rebuild_makes_the_disk_anew_and_a_stopped_server_stays_stopped()
    {
        await Tenant.RunAsync("server", "rebuild", "--image", "lab-snap", Server);
        await IdleAsync(Server);
        await Tenant.BecomesAsync(Server, "ACTIVE");
        await Tenant.RunAsync("server", "stop", Server);
        await Tenant.BecomesAsync(Server, "SHUTOFF");
        await Tenant.RunAsync("server", "rebuild", "--image", "tiny", Server);
        await IdleAsync(Server);
        await Tenant.BecomesAsync(Server, "SHUTOFF");
        Assert.That(await EventsAsync(Server, "rebuild"), Is.SupersetOf(new[] { "compute_rebuild_instance", "compute_stop_instance" }));
        await Tenant.RunAsync("server", "start", Server);
        await Tenant.BecomesAsync(Server, "ACTIVE");
    }

    [Test, Order(4)]
    public async Task A_rescue_goes_down_and_comes_back()
    {
        await Tenant.RunAsync("server", "rescue", Server);
        await Tenant.BecomesAsync(Server, "RESCUE");
        Assert.That(Text(await MirrorAsync(Server), "status"), Is.EqualTo("RESCUE"));
        await Tenant.RunAsync("server", "unrescue", Server);
        await Tenant.BecomesAsync(Server, "ACTIVE");
        Assert.That(Text(await MirrorAsync(Server), "status"), Is.EqualTo("ACTIVE"));
    }

    [Test, Order(5)]
    public async Task A_shelved_server_leaves_the_child_and_comes_back_from_its_image()
    {
        await Tenant.RunAsync("server", "shelve", Server);
        await Tenant.BecomesAsync(Server, "SHELVED_OFFLOADED", TimeSpan.FromMinutes(5));
        await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync(Server), left => left.Count == 0);
        var allocations = await Parent.GetAsync("placement", $"/allocations/{await IdAsync(Server)}");
        Assert.That(allocations["allocations"]!.AsObject(), Is.Empty);

        await Tenant.RunAsync("server", "unshelve", Server);
        await Tenant.BecomesAsync(Server, "ACTIVE", TimeSpan.FromMinutes(5));
        await IdleAsync(Server);
        Assert.That(Text(await MirrorAsync(Server), "status"), Is.EqualTo("ACTIVE"));
        Assert.That((await Tenant.AskAsync("image", "list", "--private")).AsArray().Select(at => Text(at, "Name")), Has.No.Member($"{Server}-shelved"));
        Assert.That(await EventsAsync(Server, "shelve"), Is.EquivalentTo(["compute_shelve_instance"]));
        Assert.That(await TemporaryAsync(), Is.Empty);
    }

    [Test, Order(6)]
    public async Task A_delete_leaves_nothing_behind()
    {
        await Tenant.RunAsync("server", "delete", Server);
        await Tenant.GoneAsync(Server);
        await Poll.UntilAsync("nothing is left in the child", () => MirrorsAsync(Server), left => left.Count == 0);
    }

    async Task<IReadOnlyList<string>> TemporaryAsync() =>
        [.. (await Below.AskAsync("image", "list")).AsArray().Select(at => Text(at, "Name")).Where(name => name.StartsWith("cascade-", StringComparison.Ordinal))];
}

[Order(7), Parallelizable, ByHand("with the other child in every run")]
sealed class ImagesOfZedChildUnderZedParent() : Images("zed", "zed");

[Order(10), Parallelizable, ByHand("four minutes, and what it moves is moved by the volumes in every run")]
sealed class ImagesOfEpoxyChildUnderZedParent() : Images("zed", "epoxy");
