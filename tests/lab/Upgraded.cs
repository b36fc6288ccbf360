using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// The parent becomes one of a newer release under agents that run: its Keystone, broker, database and services are gone for some minutes and come back as Epoxy. A
/// guest goes on, and afterwards everything is answered as before.
/// </summary>
[Order(90), Parallelizable, ByHand("five minutes, and the parent is another one after it")]
sealed class Upgraded() : Switched("zed", "zed")
{
    const string Network = "kept", Router = "kept-edge", Server = "kept-inside", Disk = "kept-disk", Later = "made-after";

    static readonly string[] Kinds = ["l3", "cinder"];

    readonly List<AgentProcess> all = [];
    readonly List<string> processes = [];
    string address = "", launched = "";

    [OneTimeSetUp]
    public async Task Make_what_is_to_be_kept_and_upgrade_the_parent()
    {
        // A look at the parent's release every ten seconds, not every five minutes.
        await Agent.StopAsync();
        await Agent.StartAsync("OS_CASCADE__RELEASE_INTERVAL=10");
        all.AddRange([Agent, Switch]);
        foreach (var kind in Kinds)
        {
            all.Add(new(Child, kind));
            await all[^1].StartAsync();
            Clouds.Served(all[^1]);
        }

        await CreateNetworkAsync(Network, "192.168.70.0/24");
        await Tenant.RunAsync("router", "create", "--availability-zone-hint", Child, Router);
        await Tenant.RunAsync("router", "set", "--external-gateway", "public", Router);
        await Tenant.RunAsync("router", "add", "subnet", Router, Network);
        await Tenant.RunAsync("volume", "create", "--size", "1", "--availability-zone", Child, Disk);
        await CreateOnAsync(Network, Server, "--use-config-drive", "--property", $"ping={Outside.Address}");
        launched = Text(await Tenant.BecomesAsync(Server, "ACTIVE"), "OS-SRV-USG:launched_at");
        address = Address(await PortAsync(Server));
        await DiskAsync("available");
        await Tenant.RunAsync("server", "add", "volume", Server, Disk);
        await DiskAsync("in-use");
        await HearsAsync(Server, Outside.Address);

        processes.AddRange(await ProcessesAsync());
        await Clouds.UpgradeAsync();
    }

    [OneTimeTearDown]
    public async Task Take_it_all_away()
    {
        foreach (var server in new[] { Server, Later })
        {
            await Tenant.TryAsync("server", "delete", "--wait", server);
        }

        await Tenant.TryAsync("volume", "delete", Disk);
        await Tenant.TryAsync("router", "remove", "subnet", Router, Network);
        await Tenant.TryAsync("router", "delete", Router);
        await Tenant.TryAsync("network", "delete", Network);
    }

    [Test, Order(1)]
    public async Task The_same_processes_serve_the_newer_parent_and_say_so()
    {
        Assert.That(await ProcessesAsync(), Is.EqualTo(processes));

        await Poll.UntilAsync("the compute service is up", ServiceAsync, at => Text(at, "State") == "up");
        await Poll.UntilAsync("the network agents are alive", () => Parent.AskAsync("network", "agent", "list", "--host", Child), at => at.AsArray().All(one => one!["Alive"]!.GetValue<bool>()));
        await Poll.UntilAsync(
            "the volume service is up",
            () => Parent.AskAsync("volume", "service", "list", "--service", "cinder-volume", "--host", $"cascade@{Child}"),
            at => Text(at.AsArray().SingleOrDefault(), "State") == "up");
        await Poll.UntilAsync("Nova-Proxy has risen with the parent", Agent.LogAsync, log => log.Contains("raised from version 64 to 68", StringComparison.Ordinal));
    }

    [Test, Order(2)]
    public async Task What_was_there_is_as_it_was()
    {
        var server = await Tenant.ServerAsync(Server);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Text(server, "status"), Text(server, "OS-SRV-USG:launched_at")), Is.EqualTo(("ACTIVE", launched)));
            Assert.That(Address(await PortAsync(Server)), Is.EqualTo(address));
            Assert.That(Text(await Tenant.AskAsync("volume", "show", Disk), "status"), Is.EqualTo("in-use"));
            Assert.That(await MirrorsAsync(Server), Has.Count.EqualTo(1));
        }

        await HearsAsync(Server, Outside.Address);
    }

    [Test, Order(3)]
    public async Task And_everything_is_answered_as_before()
    {
        await Tenant.RunAsync("server", "stop", Server);
        await Tenant.BecomesAsync(Server, "SHUTOFF");
        await Tenant.RunAsync("server", "remove", "volume", Server, Disk);
        await DiskAsync("available");
        await Tenant.RunAsync("volume", "set", "--size", "2", Disk);
        Assert.That((await DiskAsync("available"))["size"]!.GetValue<int>(), Is.EqualTo(2));
        await Tenant.RunAsync("server", "start", Server);
        await Tenant.BecomesAsync(Server, "ACTIVE");
        await CreateOnAsync(Network, Later, "--use-config-drive", "--property", $"ping={Outside.Address}");
        await Tenant.BecomesAsync(Later, "ACTIVE");
        await PortBecomesAsync(Text(await PortAsync(Later), "ID"), "ACTIVE");
        await HearsAsync(Later, Outside.Address);
    }

    [Test, Order(4)]
    public async Task Delete_leaves_nothing_behind_in_either_cloud()
    {
        await Tenant.RunAsync("server", "delete", Server, Later);
        await Tenant.GoneAsync(Server);
        await Tenant.GoneAsync(Later);
        await Tenant.RunAsync("volume", "delete", Disk);
        await Tenant.RunAsync("router", "unset", "--external-gateway", Router);
        await Tenant.RunAsync("router", "remove", "subnet", Router, Network);
        await Tenant.RunAsync("router", "delete", Router);
        await Tenant.RunAsync("network", "delete", Network);
        foreach (var noun in new[] { "server", "volume", "router", "network" })
        {
            await Poll.UntilAsync(
                $"no {noun} of ours is in the child",
                async () => (await Below.AskAsync([noun, "list", .. noun is "server" or "volume" ? ["--all-projects"] : Array.Empty<string>()])).AsArray()
                    .Count(at => Text(at, "Name").Contains("kept", StringComparison.Ordinal) || Text(at, "Name") == Later),
                left => left == 0);
        }
    }

    async Task<string[]> ProcessesAsync() => await Task.WhenAll(all.Select(agent => agent.RunningAsync()));

    Task<JsonNode> DiskAsync(string status) =>
        Poll.UntilAsync($"the volume is {status}", () => Tenant.AskAsync("volume", "show", Disk), at => Text(at, "status") == status);
}
