using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// What is done to a volume so as to have it later, in a stock child with a stock cinder-backup: backups, full and incremental, a return to a snapshot, a group, a transfer to
/// another project; each is looked at by what a guest reads on the disk.
/// </summary>
abstract class KeptVolumes(string parentRelease, string childRelease) : Stored(parentRelease, childRelease)
{
    const string Keeper = "keeper", Second = "second", Full = "kept-full", Later = "kept-later", Group = "kept-group";

    readonly Cloud heir = new("parent-other");

    string written = "";
    int told;

    [OneTimeSetUp]
    public async Task Write_into_a_volume()
    {
        await EmptyVolumeAsync("kept");
        await CreateAsync(Keeper, "--use-config-drive", "--property", "store=first");
        await Tenant.BecomesAsync(Keeper, "ACTIVE");
        written = await ReadAsync(Keeper, "kept", ++told);
        Assert.That(written, Does.StartWith("first "));
    }

    [OneTimeTearDown]
    public async Task Remove_what_is_left()
    {
        await Tenant.TryAsync("server", "delete", "--wait", Keeper);
        await Tenant.TryAsync("server", "delete", "--wait", Second);
        foreach (var backup in new[] { Later, Full })
        {
            await Tenant.TryAsync("volume", "backup", "delete", backup);
            await GoneAsync("volume backup", backup);
        }

        foreach (var snapshot in (await Tenant.AskAsync("volume", "snapshot", "list")).AsArray())
        {
            await Tenant.TryAsync("volume", "snapshot", "delete", Text(snapshot, "ID"));
        }

        foreach (var volume in (await Tenant.AskAsync("volume", "list")).AsArray())
        {
            await Tenant.TryAsync("volume", "delete", Text(volume, "ID"));
        }

        // The heir is the tenant of another child, too.
        await heir.TryAsync("volume", "delete", "kept");
    }

    [Test, Order(1)]
    public async Task The_agent_is_a_cinder_backup_where_the_child_has_one()
    {
        var service = await Poll.UntilAsync(
            "the backup service is up",
            async () => (await Parent.AskAsync("volume", "service", "list", "--service", "cinder-backup")).AsArray().SingleOrDefault(at => Text(at, "Host") == $"cascade@{Child}"),
            at => Text(at, "State") == "up");
        Assert.That(Text(service, "Zone"), Is.EqualTo(Child));
    }

    [Test, Order(2)]
    public async Task A_backup_and_one_on_top_of_it_are_made_in_the_child()
    {
        await Tenant.RunAsync("volume", "backup", "create", "--name", Full, "kept", "-f", "json");
        await BecomesAsync("volume backup", Full, "available");
        await Tenant.RunAsync("volume", "backup", "create", "--incremental", "--name", Later, "kept", "-f", "json");
        var later = await BecomesAsync("volume backup", Later, "available");
        await BecomesAsync("volume", "kept", "available");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(later, "is_incremental"), Is.EqualTo("True").Or.EqualTo("true"));
            Assert.That((await Below.AskAsync("volume", "backup", "list", "--all-projects")).AsArray().Select(at => Text(at, "Status")), Is.EqualTo(new[] { "available", "available" }));
        }
    }

    [Test, Order(3)]
    public async Task Restored_into_another_volume_the_bytes_are_the_same()
    {
        await EmptyVolumeAsync("restored");
        // Zed's openstack client asks for it, too, and then fails over the answer.
        var backup = Text(await Tenant.AskAsync("volume", "backup", "show", Later), "id");
        var volume = Text(await Tenant.AskAsync("volume", "show", "restored"), "id");
        await Tenant.PostAsync("block_storage", $"/backups/{backup}/restore", new() { ["restore"] = new JsonObject { ["volume_id"] = volume } });
        await BecomesAsync("volume", "restored", "available");
        await BecomesAsync("volume backup", Later, "available");
        Assert.That(await ReadAsync(Keeper, "restored", ++told), Is.EqualTo(written));
    }

    [Test, Order(4)]
    public async Task A_backup_that_another_needs_stays_and_both_go_in_order()
    {
        var (code, _, _) = await Tenant.TryAsync("volume", "backup", "delete", Full);
        Assert.That(code, Is.Not.Zero, "an increment needs it");
        await Tenant.RunAsync("volume", "backup", "delete", Later);
        await GoneAsync("volume backup", Later);
        await Tenant.RunAsync("volume", "backup", "delete", Full);
        await GoneAsync("volume backup", Full);
        Assert.That((await Below.AskAsync("volume", "backup", "list", "--all-projects")).AsArray(), Is.Empty);
    }

    [Test, Order(5)]
    public async Task Reverted_to_its_snapshot_a_volume_has_lost_what_was_written_since()
    {
        await EmptyVolumeAsync("blank");
        await Tenant.RunAsync("volume", "snapshot", "create", "--volume", "blank", "moment", "-f", "json");
        await BecomesAsync("volume snapshot", "moment", "available");
        Assert.That(await ReadAsync(Keeper, "blank", ++told), Does.StartWith("first "));
        var volume = Text(await Tenant.AskAsync("volume", "show", "blank"), "id");
        var snapshot = Text(await Tenant.AskAsync("volume", "snapshot", "show", "moment"), "id");
        await Tenant.PostAsync("block_storage", $"/volumes/{volume}/action", new() { ["revert"] = new JsonObject { ["snapshot_id"] = snapshot } }, "3.40");
        await BecomesAsync("volume", "blank", "available");
        await BecomesAsync("volume snapshot", "moment", "available");
        await CreateAsync(Second, "--use-config-drive", "--property", "store=second");
        await Tenant.BecomesAsync(Second, "ACTIVE");
        Assert.That(await ReadAsync(Second, "blank", 1), Does.StartWith("second "), "it was empty again");
    }

    [Test, Order(6)]
    public async Task A_group_has_a_snapshot_of_each_of_its_volumes_and_goes_with_them()
    {
        var type = Text((await Parent.PostAsync("block_storage", "/group_types", new() { ["group_type"] = new JsonObject { ["name"] = Group, ["is_public"] = true } }, "3.13"))["group_type"], "id");
        var volumeType = Text((await Tenant.AskAsync("volume", "type", "list")).AsArray().First(at => Text(at, "Name") == "__DEFAULT__"), "ID");
        var asked = new JsonObject { ["name"] = Group, ["group_type"] = type, ["volume_types"] = new JsonArray(volumeType), ["availability_zone"] = Child };
        var group = Text((await Tenant.PostAsync("block_storage", "/groups", new() { ["group"] = asked }, "3.13"))["group"], "id");
        await GroupBecomesAsync($"/groups/{group}", "group", "available");
        var member = new JsonObject { ["size"] = 1, ["name"] = "member", ["group_id"] = group, ["volume_type"] = volumeType, ["availability_zone"] = Child };
        await Tenant.PostAsync("block_storage", "/volumes", new() { ["volume"] = member }, "3.13");
        await BecomesAsync("volume", "member", "available");
        var moment = new JsonObject { ["name"] = Group, ["group_id"] = group };
        var snapshots = Text((await Tenant.PostAsync("block_storage", "/group_snapshots", new() { ["group_snapshot"] = moment }, "3.14"))["group_snapshot"], "id");
        await GroupBecomesAsync($"/group_snapshots/{snapshots}", "group_snapshot", "available");
        var below = (await Below.AskAsync("volume", "snapshot", "list", "--all-projects")).AsArray();
        Assert.That(below, Has.Count.EqualTo(2), "that of the group's member beside the other");
        await Tenant.RunAsync("volume", "snapshot", "delete", "moment");
        await GoneAsync("volume snapshot", "moment");
        await Tenant.DeleteAsync("block_storage", $"/group_snapshots/{snapshots}", "3.14");
        await Poll.UntilAsync("no snapshot is left in the child", () => Below.AskAsync("volume", "snapshot", "list", "--all-projects"), at => at.AsArray().Count == 0);
        await Poll.UntilAsync("the group's snapshot is gone", () => Tenant.GetAsync("block_storage", "/group_snapshots", "3.14"), at => at["group_snapshots"]!.AsArray().Count == 0);
        await Tenant.PostAsync("block_storage", $"/groups/{group}/action", new() { ["delete"] = new JsonObject { ["delete-volumes"] = true } }, "3.13");
        await GoneAsync("volume", "member");
        await Poll.UntilAsync("the group is gone", () => Tenant.GetAsync("block_storage", "/groups", "3.13"), at => at["groups"]!.AsArray().Count == 0);
        await Parent.DeleteAsync("block_storage", $"/group_types/{type}", "3.13");
    }

    [Test, Order(7)]
    public async Task A_volume_that_is_given_to_another_project_is_that_project_s_in_the_child_too()
    {
        var id = Text(await Tenant.AskAsync("volume", "show", "kept"), "id");
        var before = Text(await Below.AskAsync("volume", "show", Text((await StampedAsync())[id], "ID")), "os-vol-tenant-attr:tenant_id");
        var offer = await Tenant.AskAsync("volume", "transfer", "request", "create", "kept");
        await heir.RunAsync("volume", "transfer", "request", "accept", "--auth-key", Text(offer, "auth_key"), Text(offer, "id"), "-f", "json");
        await Poll.UntilAsync("it is the heir's", () => heir.AskAsync("volume", "show", id), at => Text(at, "status") == "available");
        await Poll.UntilAsync(
            "and another project's in the child", async () => Text(await Below.AskAsync("volume", "show", Text((await StampedAsync())[id], "ID")), "os-vol-tenant-attr:tenant_id"), at => at != before);
        await heir.RunAsync("volume", "delete", id);
        await Poll.UntilAsync("it is gone", async () => (await heir.TryAsync("volume", "show", id)).Code, code => code != 0);
        Assert.That(await StampedAsync(), Does.Not.ContainKey(id));
    }

    /// <summary>What the guest finds on the volume; it is free again afterwards.</summary>
    async Task<string> ReadAsync(string server, string volume, int time)
    {
        await Tenant.RunAsync("server", "add", "volume", server, volume, "-f", "json");
        await BecomesAsync("volume", volume, "in-use");
        var held = await HeldAsync(server, time);
        await Tenant.RunAsync("server", "remove", "volume", server, volume);
        await BecomesAsync("volume", volume, "available");
        return held;
    }

    Task GroupBecomesAsync(string path, string noun, string status) =>
        Poll.UntilAsync($"{noun} becomes {status}", () => Tenant.GetAsync("block_storage", path, "3.14"), at => Text(at[noun], "status") == status);
}

/// <summary>Before the other volumes: see there.</summary>
[Order(9), Parallelizable]
sealed class KeptVolumesOfZedChildUnderZedParent() : KeptVolumes("zed", "zed");
