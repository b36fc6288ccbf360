using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>What a tenant asks of a server beyond its power: pause, images made of it and put under it, another size, away and back.</summary>
[Order(14), Parallelizable, ByHand("eight minutes, and another comparison in every run")]
sealed class OperationsBesideNative() : Beside("besides")
{
    const string Wider = "besides-wider";

    readonly Dictionary<string, JsonNode> images = [];
    readonly Dictionary<string, JsonArray> migrations = [];

    [Test]
    public void An_image_of_it_looks_the_same()
    {
        JsonObject Of(string host) => new(images[host]["properties"]!.AsObject()
            .Where(at => !Differences.OfImageProperties.Keys.Any(name => at.Key.StartsWith(name, StringComparison.Ordinal)))
            .Select(at => KeyValuePair.Create(at.Key, at.Value?.DeepClone())));
        using (Assert.EnterMultipleScope())
        {
            Same(images[Native], images[Child], Differences.OfImage);
            Same(Of(Native), Of(Child), Differences.OfImageProperties);
        }
    }

    [Test]
    public void Its_migrations_look_the_same()
    {
        string[] Of(string host) => [.. migrations[host].Select(at => $"{Text(at, "migration_type")} {Text(at, "status")} {Text(at, "source_compute") == host} {Text(at, "dest_compute") == host}")];
        Assert.That(Of(Child), Is.EqualTo(Of(Native)));
    }

    protected override async Task WorkAsync()
    {
        await Parent.TryAsync("flavor", "delete", Wider);
        await Parent.RunAsync("flavor", "create", "--ram", "128", "--disk", "1", "--vcpus", "1", Wider, "-f", "json");
        await JobAsync("pause", host => DoAsync(host, "PAUSED", "pause"));
        await JobAsync("unpause", host => DoAsync(host, "ACTIVE", "unpause"));
        await JobAsync("suspend", host => DoAsync(host, "SUSPENDED", "suspend"));
        await JobAsync("resume", host => DoAsync(host, "ACTIVE", "resume"));
        await JobAsync("snapshot", async host =>
        {
            await DoAsync(host, "ACTIVE", "image", "create", "--name", Server(host));
            images[host] = await Poll.UntilAsync("the snapshot is active", () => Tenant.AskAsync("image", "show", Server(host)), at => Text(at, "status") == "active");
            await IdleAsync(Server(host));
        });
        await JobAsync("rebuild", host => DoAsync(host, "ACTIVE", "rebuild", "--image", "tiny"));
        await JobAsync("rescue", host => DoAsync(host, "RESCUE", "rescue"));
        await JobAsync("unrescue", host => DoAsync(host, "ACTIVE", "unrescue"));
        await JobAsync("resize", host => DoAsync(host, "VERIFY_RESIZE", "resize", "--flavor", Wider));
        await JobAsync("revert", host => DoAsync(host, "ACTIVE", "resize", "revert"));
        await JobAsync("resize again", host => DoAsync(host, "VERIFY_RESIZE", "resize", "--flavor", Wider));
        await JobAsync("confirm", host => DoAsync(host, "ACTIVE", "resize", "confirm"));
        await JobAsync("shelve", host => DoAsync(host, "SHELVED_OFFLOADED", "shelve"));
        await JobAsync("unshelve", host => DoAsync(host, "ACTIVE", "unshelve"));
        foreach (var host in Hosts)
        {
            var id = await IdAsync(Server(host));
            Servers[host] = await Parent.AskAsync("server", "show", id);
            migrations[host] = (await Parent.GetAsync("compute", $"/os-migrations?instance_uuid={id}"))["migrations"]!.AsArray();
        }
    }

    [OneTimeTearDown]
    public async Task Take_away_what_was_made()
    {
        foreach (var host in Hosts)
        {
            await Tenant.TryAsync("image", "delete", Server(host));
        }

        await Parent.TryAsync("flavor", "delete", Wider);
    }
}
