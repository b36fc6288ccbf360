using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// Servers with volumes in a stock child: shelved and unshelved, resized, and rebuilt with the volume that they boot from kept or written over.
/// </summary>
abstract class VolumeServers(string parentRelease, string childRelease) : Stored(parentRelease, childRelease)
{
    const string Other = "lab-other";

    string id = "";

    [OneTimeSetUp]
    public async Task Boot_a_server_from_a_volume()
    {
        await EmptyVolumeAsync("root", "--image", "tiny");
        await Tenant.RunAsync("image", "create", "--volume", "root", "--disk-format", "qcow2", Other);
        await Poll.UntilAsync("the image is active", () => Tenant.AskAsync("image", "show", Other), at => Text(at, "status") == "active", TimeSpan.FromMinutes(5));
        await BecomesAsync("volume", "root", "available");
        await Tenant.RunAsync("server", "create", "--availability-zone", Child, "--volume", "root", "--flavor", "tiny", "--nic", "none", "rooted", "-f", "json");
        id = Text(await Tenant.BecomesAsync("rooted", "ACTIVE"), "id");
    }

    [OneTimeTearDown]
    public async Task Remove_what_is_left()
    {
        await Tenant.TryAsync("server", "delete", "--wait", "rooted");
        await Tenant.TryAsync("volume", "delete", "root");
        await Tenant.TryAsync("image", "delete", Other);
        await Parent.TryAsync("flavor", "delete", "lab-bigger");
    }

    [Test, Order(1)]
    public async Task Shelved_it_leaves_the_child_and_its_volume_is_free_there_and_reserved_here()
    {
        await Tenant.RunAsync("server", "shelve", "rooted");
        await Tenant.BecomesAsync("rooted", "SHELVED_OFFLOADED");
        await BecomesAsync("volume", "root", "reserved");
        Assert.That(Text((await StampedAsync())[await RootAsync()], "Status"), Is.EqualTo("available"));
    }

    [Test, Order(2)]
    public async Task Unshelved_it_boots_from_the_same_volume()
    {
        await Tenant.RunAsync("server", "unshelve", "rooted");
        await Tenant.BecomesAsync("rooted", "ACTIVE");
        await BecomesAsync("volume", "root", "in-use");
        Assert.That(Text((await StampedAsync())[await RootAsync()], "Status"), Is.EqualTo("in-use"));
    }

    [Test, Order(3)]
    public async Task Resized_it_keeps_its_volume()
    {
        await Parent.TryAsync("flavor", "create", "--ram", "128", "--disk", "1", "--vcpus", "1", "lab-bigger");
        await Tenant.RunAsync("server", "resize", "--flavor", "lab-bigger", "rooted");
        await Tenant.BecomesAsync("rooted", "VERIFY_RESIZE");
        await Tenant.RunAsync("server", "resize", "confirm", "rooted");
        await Tenant.BecomesAsync("rooted", "ACTIVE");
        await BecomesAsync("volume", "root", "in-use");
    }

    [Test, Order(4)]
    public async Task Rebuilt_with_another_image_its_volume_says_so()
    {
        var other = Text(await Tenant.AskAsync("image", "show", Other), "id");
        // nova-api writes the task state before it answers, so what is active then has been rebuilt.
        await RebuildAsync(other, "2.93");
        Assert.That(await ImageOfRootAsync(), Is.EqualTo(other));
        await RebuildAsync(other, "2.90");
        await BecomesAsync("volume", "root", "in-use");
    }

    [Test, Order(5)]
    public async Task An_image_of_it_is_a_snapshot_of_its_volume()
    {
        const string Image = "lab-rooted";
        await Tenant.RunAsync("server", "image", "create", "--name", Image, "rooted", "-f", "json");
        var image = await Poll.UntilAsync("the image is active", () => Tenant.AskAsync("image", "show", Image), at => Text(at, "status") == "active");
        Assert.That(image["properties"]!["block_device_mapping"]!.ToString(), Does.Contain("snapshot_id"));
        await BecomesAsync("volume snapshot", $"snapshot for {Image}", "available");
        var below = Text((await StampedAsync())[await RootAsync()], "ID");
        Assert.That((await Below.AskAsync("volume", "snapshot", "list", "--all-projects", "--volume", below)).AsArray(), Has.Count.EqualTo(1));

        await Tenant.RunAsync("image", "delete", Image);
        await Tenant.RunAsync("volume", "snapshot", "delete", $"snapshot for {Image}");
        await GoneAsync("volume snapshot", $"snapshot for {Image}");
        Assert.That((await Below.AskAsync("volume", "snapshot", "list", "--all-projects", "--volume", below)).AsArray(), Is.Empty);
    }

    async Task RebuildAsync(string image, string version)
    {
        await Tenant.PostAsync("compute", $"/servers/{id}/action", new() { ["rebuild"] = new JsonObject { ["imageRef"] = image } }, version);
        await Tenant.BecomesAsync("rooted", "ACTIVE", TimeSpan.FromMinutes(5));
    }

    async Task<string> RootAsync() => Text(await Tenant.AskAsync("volume", "show", "root"), "id");

    async Task<string> ImageOfRootAsync() => (await Tenant.AskAsync("volume", "show", "root"))["volume_image_metadata"]!["image_id"]!.GetValue<string>();
}

[Order(8), Parallelizable]
sealed class VolumeServersOfZedChildUnderZedParent() : VolumeServers("zed", "zed");
