using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>One parent, one child and the agent between them, on real clouds.</summary>
abstract class Pairing(string parentRelease, string childRelease)
{
    /// <summary>Each child has a tenant of its own: two pairings of one parent are at work at once.</summary>
    protected Cloud Tenant { get; } = new(childRelease == "epoxy" ? "parent-other" : "parent-demo");

    protected Cloud Parent { get; } = new("parent-admin");

    /// <summary>The child seen by its own administrator.</summary>
    protected Cloud Below { get; private set; } = null!;

    protected AgentProcess Agent { get; private set; } = null!;

    protected string Child { get; private set; } = "";

    /// <summary>Whether the agents of the child have a bus among themselves (tests/lab/agent-conf).</summary>
    protected bool HasEvents => childRelease == "zed";

    [OneTimeSetUp]
    public async Task Bring_up_the_clouds_and_the_agent()
    {
        Child = await Clouds.PairAsync(parentRelease, childRelease);
        Below = new(Child + "-admin");
        Agent = new(Child);
        // It serves until the clouds go: nova asks every host that was up a minute ago for its uptime when hypervisors are listed.
        await Agent.StartAsync();
        Clouds.Served(Agent);
        await Poll.UntilAsync("the host is mapped, enabled and up", ServiceAsync, at => Text(at, "State") == "up" && Text(at, "Status") == "enabled");
        await Shell.LabAsync("zone", Child);
    }

    [OneTimeTearDown]
    public void Give_the_child_back()
    {
        if (Child != "")
        {
            Clouds.GiveBack(Child);
        }
    }

    /// <summary>In the child's own availability zone: the other children of the same parent serve too.</summary>
    protected Task CreateAsync(string name, params string[] more) =>
        Tenant.RunAsync(["server", "create", "--availability-zone", Child, "--image", "tiny", "--flavor", "tiny", "--nic", "none", .. more, name, "-f", "json"]);

    protected Task IdleAsync(string name) =>
        Poll.UntilAsync($"{name} has no task", () => Tenant.ServerAsync(name), at => at?["OS-EXT-STS:task_state"] is null);

    protected async Task<JsonNode?> ServiceAsync() =>
        (await Parent.AskAsync("compute", "service", "list", "--service", "nova-compute", "--host", Child)).AsArray().SingleOrDefault();

    protected async Task<IReadOnlyList<JsonNode>> MirrorsAsync(string name) =>
        [.. (await Below.AskAsync("server", "list", "--all-projects", "--name", $"^{name}$")).AsArray().Select(at => at!)];

    protected async Task<JsonNode> MirrorAsync(string name)
    {
        var mirrors = await MirrorsAsync(name);
        Assert.That(mirrors, Has.Count.EqualTo(1), $"{name} has one server in the child");
        return await Below.AskAsync("server", "show", Text(mirrors[0], "ID"));
    }

    protected async Task<string[]> EventsAsync(string name, string action)
    {
        var actions = (await Parent.AskAsync("server", "event", "list", await IdAsync(name))).AsArray();
        var request = Text(actions.First(at => Text(at, "Action") == action), "Request ID");
        var shown = await Parent.AskAsync("server", "event", "show", await IdAsync(name), request);
        return [.. shown["events"]!.AsArray().Select(at => Text(at, "event"))];
    }

    protected Task<string> ConsoleAsync(string name, string text) => ConsoleAsync(name, $"says '{text}'", log => log.Contains(text, StringComparison.Ordinal));

    protected Task<string> ConsoleAsync(string name, string what, Func<string, bool> enough) =>
        Poll.UntilAsync($"the console of {name} {what}", () => Tenant.RunAsync("console", "log", "show", name), enough, why: WhyAsync);

    /// <summary>What may be the cause when a guest does not say what it should.</summary>
    protected virtual Task<string> WhyAsync() => Task.FromResult("no network is in it");

    protected async Task<string> IdAsync(string name) => Text(await Tenant.ServerAsync(name), "id");

    protected static string Text(JsonNode? node, string key) => node?[key]?.ToString() ?? "";

    protected async Task<string> ProviderAsync() =>
        Text((await Parent.GetAsync("placement", $"/resource_providers?name={Child}"))["resource_providers"]!.AsArray().Single(), "uuid");
}
