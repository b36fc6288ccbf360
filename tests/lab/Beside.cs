using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// The same work at the same time on a native host of the parent (stock nova-compute, stock Open vSwitch agent) and on a child of the same release behind our
/// agents, with the parent's bus recorded: what both say and leave behind is the same but for <see cref="Differences"/>.
/// </summary>
/// <param name="name">Of the work: its network and its servers are called by it.</param>
abstract class Beside(string name) : Switched("zed", "zed")
{
    protected const string Native = "native";

    /// <summary>Fields of an instance that people or schedulers see.</summary>
    static readonly string[] Seen = ["vm_state", "task_state", "power_state", "host", "node", "launched_on", "launched_at", "terminated_at", "root_device_name"];

    readonly Dictionary<string, JsonArray> actions = [];

    protected Dictionary<string, JsonNode> Servers { get; } = [];

    protected Dictionary<string, IReadOnlyList<Said>> Told { get; } = [];

    protected string[] Hosts => [Native, Child];

    protected string Network => name;

    [OneTimeSetUp]
    public async Task Do_the_same_on_both_and_record_it()
    {
        await Shell.LabAsync("up", "--no-child", "--native");
        await CreateNetworkAsync(name, "192.168.51.0/24");
        await Recording.StartAsync();
        await JobAsync("boot", async host =>
        {
            await Tenant.RunAsync("server", "create", "--availability-zone", host, "--image", "tiny", "--flavor", "tiny", "--network", name, Server(host), "-f", "json");
            await Tenant.BecomesAsync(Server(host), "ACTIVE");
            await PortBecomesAsync(Text(await PortAsync(Server(host)), "ID"), "ACTIVE");
        });
        await WorkAsync();
        await JobAsync("delete", async host =>
        {
            actions[host] = await ActionsAsync(host);
            await Tenant.RunAsync("server", "delete", Server(host));
            await Tenant.GoneAsync(Server(host));
            await Poll.UntilAsync($"{host} has told the end", () => Recording.OfAsync(host), at =>
                at.Any(one => one.Value("event") == "compute_terminate_instance" && one.Value("result") != "") && at.Any(one => one.Value("name") == "network-vif-deleted"));
        });
        foreach (var host in Hosts)
        {
            Told[host] = await Recording.OfAsync(host);
        }
    }

    [OneTimeTearDown]
    public async Task Stop_recording()
    {
        await Recording.StopAsync();
        await Tenant.TryAsync("network", "delete", name);
    }

    [Test]
    public void An_instance_goes_through_the_same_states_between_the_same_events()
    {
        var (native, ours) = (States(Native), States(Child));
        Assert.That(ours, Is.EqualTo(native), $"native:\n{native}\nours:\n{ours}");
    }

    [Test]
    public void The_owner_sees_the_same_actions_and_events()
    {
        string[] Of(string host) => [.. actions[host].Select(at => $"{Text(at, "action")} {Text(at, "message")}: {string.Join(", ", at!["events"]!.AsArray().Select(one => $"{Text(one, "event")} {Text(one, "result")}"))}")];
        Assert.That(Of(Child), Is.EqualTo(Of(Native)));
    }

    [Test]
    public void The_server_looks_the_same()
    {
        using (Assert.EnterMultipleScope())
        {
            Same(Servers[Native], Servers[Child], Differences.OfServer);
            Assert.That(Servers[Child]["addresses"]![name]!.AsArray(), Has.Count.EqualTo(Servers[Native]["addresses"]![name]!.AsArray().Count));
        }
    }

    /// <summary>Between boot and delete; puts what the server looks like into <see cref="Servers"/>.</summary>
    protected abstract Task WorkAsync();

    protected string Server(string host) => $"{name}-{host}";

    /// <param name="job">On each host.</param>
    /// <param name="plugged">How often nova has heard by the end that the native host's port is plugged: a start plugs it anew, a while after it is said to be done.</param>
    protected async Task JobAsync(string what, Func<string, Task> job, int plugged = 0)
    {
        await Recording.MarkAsync(what);
        await Task.WhenAll(Hosts.Select(job));
        await Poll.UntilAsync(
            $"{what} has come to rest on the native host", () => Recording.OfAsync(Native), at => at.Count(one => one.Value("name") == "network-vif-plugged") >= plugged);
    }

    protected async Task DoAsync(string host, string status, params string[] what)
    {
        await Tenant.RunAsync(["server", .. what, Server(host)]);
        await IdleAsync(Server(host));
        await Tenant.BecomesAsync(Server(host), status, TimeSpan.FromMinutes(5));
    }

    /// <summary>Every key that one of them has is equal, but for those that may differ.</summary>
    protected static void Same(JsonNode native, JsonNode ours, IReadOnlyDictionary<string, string> mayDiffer)
    {
        var keys = native.AsObject().Concat(ours.AsObject()).Select(at => at.Key).Distinct().Except(mayDiffer.Keys).Except(["configuration"]);
        using (Assert.EnterMultipleScope())
        {
            foreach (var key in keys)
            {
                Assert.That(ours[key]?.ToJsonString(), Is.EqualTo(native[key]?.ToJsonString()), key);
            }
        }
    }

    protected async Task<JsonNode> AgentAsync(string host, string type)
    {
        var found = (await Parent.AskAsync("network", "agent", "list", "--host", host, "--agent-type", type)).AsArray().Single();
        return await Parent.AskAsync("network", "agent", "show", Text(found, "ID"));
    }

    /// <summary>Of these agents of a host: what both say is of the same kinds, but for <see cref="Differences.OfReports"/>.</summary>
    protected void SameReports(params string[] who)
    {
        string[] Of(string host) => [.. Told[host].Where(at => at is { ByHost: true, Read: false } && who.Contains(at.Who)).Select(at => $"{at.Who} {at.What}").Distinct().Order(StringComparer.Ordinal)];
        var (native, ours) = (Of(Native), Of(Child));
        Assert.That(native.Except(ours).Concat(ours.Except(native)).Except(Differences.OfReports.Keys), Is.Empty, $"native: {string.Join(", ", native)}\nours: {string.Join(", ", ours)}");
    }

    protected static string PortState(Said push) => push.What.EndsWith("deleted", StringComparison.Ordinal) ? "deleted" : push.Value("status");

    /// <summary>Steps in order, what is said again without a change said once, sequences that are the same made the same.</summary>
    protected static string Short(IEnumerable<string> steps, (string Sequence, string SameAs, string Reason)[] same)
    {
        List<string> once = [];
        foreach (var step in steps.Where(step => once.Count == 0 || once[^1] != step))
        {
            once.Add(step);
        }

        var text = string.Join(' ', once);
        for (var before = ""; before != text;)
        {
            before = text;
            text = same.Aggregate(text, (now, row) => now.Replace(row.Sequence, row.SameAs, StringComparison.Ordinal));
        }

        return text;
    }

    async Task<JsonArray> ActionsAsync(string host)
    {
        var id = await IdAsync(Server(host));
        var all = new JsonArray();
        foreach (var action in (await Parent.AskAsync("server", "event", "list", id)).AsArray())
        {
            all.Add(await Parent.AskAsync("server", "event", "show", id, Text(action, "Request ID")));
        }

        return all;
    }

    string States(string host) => Differences.OfStates.Aggregate(
        string.Join('\n', Told[host].Where(at => at is { Who: "nova", ByHost: true, Of: "server1" }).Select(State).OfType<string>()),
        (states, row) => states.Replace(row.Sequence, row.SameAs, StringComparison.Ordinal));

    static string? State(Said at) => at.What switch
    {
        "InstanceActionEvent.event_start" => $"{at.Value("event")} begins",
        "InstanceActionEvent.event_finish_with_failure" or "InstanceActionEvent.event_finish" => $"{at.Value("event")} ends: {at.Value("result")}",
        "Instance.save" => string.Join(' ', Seen.Where(at.Values.ContainsKey).Select(field => $"{field}={at.Value(field)}")) is { Length: > 0 } text ? text : null,
        "Instance.destroy" => "destroyed",
        _ => null,
    };
}
