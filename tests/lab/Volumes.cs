using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// A tenant's volumes in a stock child, with stock commands: what a server writes into one is there after a detach, on another server, in a snapshot and in what is made of it,
/// in a clone, after an extend, and in an image and what is made of that.
/// </summary>
abstract class Volumes(string parentRelease, string childRelease) : Stored(parentRelease, childRelease)
{
    string written = "";

    [OneTimeTearDown]
    public async Task Remove_what_is_left()
    {
        foreach (var server in new[] { "writer", "reader", "rooted" })
        {
            await Tenant.TryAsync("server", "delete", "--wait", server);
        }

        foreach (var snapshot in (await Tenant.AskAsync("volume", "snapshot", "list")).AsArray())
        {
            await Tenant.TryAsync("volume", "snapshot", "delete", Text(snapshot, "ID"));
        }

        await Tenant.TryAsync("image", "delete", "lab-volume");
        foreach (var volume in (await Tenant.AskAsync("volume", "list")).AsArray())
        {
            await Tenant.TryAsync("volume", "delete", Text(volume, "ID"));
        }
    }

    [Test, Order(1)]
    public async Task The_agent_is_a_cinder_volume_whose_pool_is_the_childs_zone()
    {
        var service = await VolumeServiceAsync();
        var pools = (await Parent.GetAsync("block_storage", "/scheduler-stats/get_pools?detail=true"))["pools"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(service, "Zone"), Is.EqualTo(Child));
            Assert.That(pools.Select(at => Text(at, "name")), Has.Member($"cascade@{Child}#nova"));
        }
    }

    [Test, Order(2)]
    public async Task A_volume_is_made_in_the_tenants_project_of_the_child_and_a_server_writes_into_it()
    {
        await EmptyVolumeAsync("data");
        await CreateAsync("writer", "--use-config-drive", "--property", "store=cascade");
        await Tenant.BecomesAsync("writer", "ACTIVE");
        await Tenant.RunAsync("server", "add", "volume", "writer", "data", "-f", "json");
        await BecomesAsync("volume", "data", "in-use");
        written = await HeldAsync("writer", 1);
        var below = (await StampedAsync())[Text(await Tenant.AskAsync("volume", "show", "data"), "id")];
        Assert.That(written, Does.StartWith("cascade "));
        Assert.That(Text(below, "Status"), Is.EqualTo("in-use"));
        await Tenant.RunAsync("server", "remove", "volume", "writer", "data");
        await BecomesAsync("volume", "data", "available");
        Assert.That(Text((await StampedAsync())[Text(await Tenant.AskAsync("volume", "show", "data"), "id")], "Status"), Is.EqualTo("available"), "free in the parent is free in the child");
    }

    [Test, Order(3)]
    public async Task Clone_extend_snapshot_and_what_is_made_of_it_hold_the_same_bytes()
    {
        await VolumeAsync("clone", "--source", "data");
        await Tenant.RunAsync("volume", "set", "--size", "2", "clone");
        await Poll.UntilAsync("the clone has grown", () => Tenant.AskAsync("volume", "show", "clone"), at => Text(at, "status") == "available" && Text(at, "size") == "2");
        await Tenant.RunAsync("volume", "snapshot", "create", "--volume", "data", "moment", "-f", "json");
        await BecomesAsync("volume snapshot", "moment", "available");
        await VolumeAsync("restored", "--snapshot", "moment");
        await CreateAsync("reader", "--use-config-drive", "--property", "store=must-not-be-written");
        await Tenant.BecomesAsync("reader", "ACTIVE");
        foreach (var (name, time) in new[] { ("clone", 1), ("restored", 2) })
        {
            await Tenant.RunAsync("server", "add", "volume", "reader", name, "-f", "json");
            await BecomesAsync("volume", name, "in-use");
            Assert.That(await HeldAsync("reader", time), Is.EqualTo(written), name);
            await Tenant.RunAsync("server", "remove", "volume", "reader", name);
            await BecomesAsync("volume", name, "available");
        }

        await Tenant.RunAsync("volume", "snapshot", "delete", "moment");
        await GoneAsync("volume snapshot", "moment");
    }

    [Test, Order(4)]
    public async Task Uploaded_into_an_image_and_made_of_it_again_the_bytes_are_the_same()
    {
        await Tenant.RunAsync("image", "create", "--volume", "restored", "--disk-format", "qcow2", "lab-volume");
        await Poll.UntilAsync("the image is active", () => Tenant.AskAsync("image", "show", "lab-volume"), at => Text(at, "status") == "active", TimeSpan.FromMinutes(5));
        await BecomesAsync("volume", "restored", "available");
        await EmptyVolumeAsync("again", "--image", "lab-volume");
        var made = await Tenant.AskAsync("volume", "show", "again");
        Assert.That(Text(made, "bootable"), Is.EqualTo("true"));
        await Tenant.RunAsync("server", "add", "volume", "reader", "again", "-f", "json");
        await BecomesAsync("volume", "again", "in-use");
        Assert.That(await HeldAsync("reader", 3), Is.EqualTo(written));
        await Tenant.RunAsync("server", "remove", "volume", "reader", "again");
        await BecomesAsync("volume", "again", "available");
        Assert.That((await Below.AskAsync("image", "list")).AsArray().Select(at => Text(at, "Name")).Where(name => name.StartsWith("cascade-volume", StringComparison.Ordinal)), Is.Empty);
    }

    [Test, Order(5)]
    public async Task A_server_boots_from_a_volume_and_leaves_it_when_it_goes()
    {
        await EmptyVolumeAsync("root", "--image", "tiny");
        await Tenant.RunAsync("server", "create", "--availability-zone", Child, "--volume", "root", "--flavor", "tiny", "--nic", "none", "rooted", "-f", "json");
        await Tenant.BecomesAsync("rooted", "ACTIVE");
        await ConsoleAsync("rooted", "cascade guest up");
        await BecomesAsync("volume", "root", "in-use");
        await Tenant.RunAsync("server", "delete", "rooted");
        await Tenant.GoneAsync("rooted");
        await BecomesAsync("volume", "root", "available");
    }

    [Test, Order(6)]
    public async Task A_type_of_the_parent_is_the_childs_that_it_names()
    {
        await Parent.TryAsync("volume", "type", "create", "--property", $"cascade:child_type=fast-{Child}", $"fast-{Child}");
        await Below.TryAsync("volume", "type", "create", $"fast-{Child}");
        await Tenant.RunAsync("volume", "set", "--type", $"fast-{Child}", "clone");
        await Poll.UntilAsync("it is retyped", () => Tenant.AskAsync("volume", "show", "clone"), at => Text(at, "status") == "available" && Text(at, "type") == $"fast-{Child}");
        Assert.That(Text((await StampedAsync())[Text(await Tenant.AskAsync("volume", "show", "clone"), "id")], "Type"), Is.EqualTo($"fast-{Child}"));
    }

    [Test, Order(7)]
    public async Task A_volume_of_the_child_is_taken_over_and_given_up_without_moving()
    {
        var there = Text(await Below.AskAsync("volume", "create", "--size", "1", "found"), "id");
        await Poll.UntilAsync("it is there", () => Below.AskAsync("volume", "show", there), at => Text(at, "status") == "available");
        var asked = new JsonObject { ["host"] = $"cascade@{Child}#nova", ["ref"] = new JsonObject { ["source-id"] = there }, ["name"] = "found" };
        var taken = Text((await Parent.PostAsync("block_storage", "/os-volume-manage", new() { ["volume"] = asked }))["volume"], "id");
        var shown = await Poll.UntilAsync("it is taken over", () => Parent.AskAsync("volume", "show", taken), at => Text(at, "status") is "available" or "error");
        var stamped = await StampedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(shown, "status"), Is.EqualTo("available"));
            Assert.That(Text(shown, "size"), Is.EqualTo("1"));
            Assert.That(Text(stamped[taken], "ID"), Is.EqualTo(there));
        }

        await Parent.PostAsync("block_storage", $"/volumes/{taken}/action", new() { ["os-unmanage"] = new JsonObject() });
        await Poll.UntilAsync("it is given up", async () => (await Parent.TryAsync("volume", "show", taken)).Code, code => code != 0);
        Assert.That(await StampedAsync(), Does.Not.ContainKey(taken));
        Assert.That(Text(await Below.AskAsync("volume", "show", there), "status"), Is.EqualTo("available"), "it is where it was");
        await Below.RunAsync("volume", "delete", there);
    }

    [Test, Order(8)]
    public async Task Killed_in_the_middle_the_agent_ends_what_it_began_and_nothing_is_made_twice()
    {
        var before = (await StampedAsync()).Count;
        await Tenant.RunAsync("volume", "create", "--size", "1", "--availability-zone", Child, "cut-1", "-f", "json");
        await Store.KillAsync();
        await Tenant.RunAsync("volume", "create", "--size", "1", "--availability-zone", Child, "cut-2", "-f", "json");
        await Store.StartAsync();
        await BecomesAsync("volume", "cut-1", "available");
        await BecomesAsync("volume", "cut-2", "available");
        Assert.That(await StampedAsync(), Has.Count.EqualTo(before + 2));
        await Tenant.RunAsync("volume", "delete", "cut-1", "cut-2");
        await Store.KillAsync();
        await Store.StartAsync();
        await GoneAsync("volume", "cut-1");
        await GoneAsync("volume", "cut-2");
        await Poll.UntilAsync("nothing of them is left in the child", StampedAsync, left => left.Count == before);
    }

    [Test, Order(9)]
    public async Task What_happens_in_the_child_is_seen_and_the_quota_is_what_there_is()
    {
        var id = Text(await Tenant.AskAsync("volume", "show", "again"), "id");
        var below = Text((await StampedAsync())[id], "ID");
        await Below.RunAsync("volume", "set", "--state", "error", below);
        await Poll.UntilAsync("the error is seen", () => Tenant.AskAsync("volume", "show", id), at => Text(at, "status") == "error");
        await Below.RunAsync("volume", "set", "--state", "available", below);
        await Poll.UntilAsync("it is well again", () => Tenant.AskAsync("volume", "show", id), at => Text(at, "status") == "available");
        var volumes = (await Tenant.AskAsync("volume", "list")).AsArray();
        var usage = (await Tenant.GetAsync("block_storage", "/limits"))["limits"]!["absolute"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(usage, "totalVolumesUsed"), Is.EqualTo($"{volumes.Count}"));
            Assert.That(Text(usage, "totalGigabytesUsed"), Is.EqualTo($"{volumes.Sum(at => at!["Size"]!.GetValue<int>())}"));
            Assert.That(Text(usage, "totalSnapshotsUsed"), Is.EqualTo("0"));
        }
    }

    [Test, Order(10)]
    public async Task A_delete_leaves_nothing_behind()
    {
        foreach (var server in new[] { "writer", "reader" })
        {
            await Tenant.RunAsync("server", "delete", server);
            await Tenant.GoneAsync(server);
        }

        foreach (var volume in (await Tenant.AskAsync("volume", "list")).AsArray())
        {
            await Tenant.RunAsync("volume", "delete", Text(volume, "ID"));
        }

        await Poll.UntilAsync("the tenant has no volume", async () => (await Tenant.AskAsync("volume", "list")).AsArray().Count, count => count == 0);
        Assert.That(await StampedAsync(), Is.Empty);
        var usage = (await Tenant.GetAsync("block_storage", "/limits"))["limits"]!["absolute"]!;
        Assert.That(Text(usage, "totalGigabytesUsed"), Is.EqualTo("0"));
    }
}

/// <summary>
/// After the servers that boot from volumes: where a disk was plugged into a running guest before the child had ever mounted its store, the store was once seen without a byte of
/// what the guest had written and read back.
/// </summary>
[Order(12), Parallelizable]
sealed class VolumesOfZedChildUnderZedParent() : Volumes("zed", "zed");

[Order(11), Parallelizable, ByHand("with the other child in every run")]
sealed class VolumesOfEpoxyChildUnderZedParent() : Volumes("zed", "epoxy");
