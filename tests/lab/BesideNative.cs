using System.Text.Json.Nodes;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>
/// The same work at the same time on a native host of the parent (stock nova-compute, stock Open vSwitch agent) and on a child of the same release behind our
/// agents, with the parent's bus recorded: what both register, say and leave behind is the same but for <see cref="Differences"/>. The last one under its parent: the native host goes with it.
/// </summary>
[Order(14), NonParallelizable, Explicit("built, and not yet seen green from end to end")]
sealed class BesideNative() : Switched("zed", "zed")
{
    const string Native = "native";

    /// <summary>Fields of an instance that people or schedulers see.</summary>
    static readonly string[] Seen = ["vm_state", "task_state", "power_state", "host", "node", "launched_on", "launched_at", "terminated_at", "root_device_name"];

    readonly Dictionary<string, JsonNode> servers = [], ports = [];
    readonly Dictionary<string, JsonArray> actions = [];
    Dictionary<string, IReadOnlyList<Said>> said = [];

    string[] Hosts => [Native, Child];

    [OneTimeSetUp]
    public async Task Do_the_same_on_both_and_record_it()
    {
        await Shell.LabAsync("up", "--no-child", "--native");
        await CreateNetworkAsync("beside", "192.168.51.0/24");
        await Recording.StartAsync();
        await JobAsync("boot", async host =>
        {
            await Tenant.RunAsync("server", "create", "--availability-zone", host, "--image", "tiny", "--flavor", "tiny", "--network", "beside", Server(host), "-f", "json");
            await Tenant.BecomesAsync(Server(host), "ACTIVE");
            await PortBecomesAsync(await FirstPortAsync(host), "ACTIVE");
        });
        await JobAsync("stop", host => DoAsync(host, "SHUTOFF", "stop"));
        await JobAsync("start", host => DoAsync(host, "ACTIVE", "start"), plugged: 2);
        await JobAsync("reboot", host => DoAsync(host, "ACTIVE", "reboot", "--soft"));
        await JobAsync("hard reboot", host => DoAsync(host, "ACTIVE", "reboot", "--hard"), plugged: 3);
        await JobAsync("attach", async host =>
        {
            await Tenant.RunAsync("port", "create", "--network", "beside", Extra(host));
            await Tenant.RunAsync("server", "add", "port", Server(host), Extra(host));
            ports[host] = await PortBecomesAsync(Extra(host), "ACTIVE");
        });
        await JobAsync("detach", async host =>
        {
            servers[host] = await Parent.AskAsync("server", "show", await IdAsync(Server(host)));
            await Tenant.RunAsync("server", "remove", "port", Server(host), Extra(host));
            await Poll.UntilAsync("the port is free", () => Parent.AskAsync("port", "show", Extra(host)), at => Text(at, "device_id") == "" && Text(at, "status") == "DOWN");
            actions[host] = await ActionsAsync(host);
            await Tenant.RunAsync("port", "delete", Extra(host));
        });
        await JobAsync("delete", async host =>
        {
            await Tenant.RunAsync("server", "delete", Server(host));
            await Tenant.GoneAsync(Server(host));
            await Poll.UntilAsync($"{host} has told the end", () => Recording.OfAsync(host), at =>
                at.Any(one => one.Value("event") == "compute_terminate_instance" && one.Value("result") != "") && at.Any(one => one.Value("name") == "network-vif-deleted"));
        });
        foreach (var host in Hosts)
        {
            said[host] = await Recording.OfAsync(host);
        }
    }

    [OneTimeTearDown]
    public async Task Stop_recording()
    {
        await Recording.StopAsync();
        await Tenant.TryAsync("network", "delete", "beside");
    }

    [Test]
    public async Task Both_register_as_the_same_kind_of_agent()
    {
        var native = await AgentAsync(Native);
        var ours = await AgentAsync(Child);
        using (Assert.EnterMultipleScope())
        {
            Same(native, ours, Differences.OfAgent);
            Same(native["configuration"]!, ours["configuration"]!, Differences.OfAgent);
            Assert.That(Text(await ComputeAsync(Child), "Status"), Is.EqualTo(Text(await ComputeAsync(Native), "Status")));
            Assert.That(Text(await ComputeAsync(Child), "State"), Is.EqualTo(Text(await ComputeAsync(Native), "State")));
        }
    }

    [Test]
    public void Both_report_the_same_kinds_of_things()
    {
        var native = Reports(Native);
        var ours = Reports(Child);
        Assert.That(native.Except(ours).Concat(ours.Except(native)).Except(Differences.OfReports.Keys), Is.Empty, $"native: {string.Join(", ", native)}\nours: {string.Join(", ", ours)}");
    }

    [Test]
    public void An_instance_goes_through_the_same_states_between_the_same_events() =>
        Assert.That(States(Child), Is.EqualTo(States(Native)));

    [Test]
    public void A_port_goes_through_the_same_states([Values] Port port) =>
        Assert.That(States(Child, port), Is.EqualTo(States(Native, port)));

    [Test]
    public void Nova_is_told_the_same_about_a_port([Values] Port port) =>
        Assert.That(Events(Child, port), Is.EqualTo(Events(Native, port)));

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
            Same(servers[Native], servers[Child], Differences.OfServer);
            Assert.That(servers[Child]["addresses"]!["beside"]!.AsArray(), Has.Count.EqualTo(servers[Native]["addresses"]!["beside"]!.AsArray().Count));
        }
    }

    [Test]
    public void The_port_looks_the_same() => Same(ports[Native], ports[Child], Differences.OfPort);

    public enum Port
    {
        OfBoot,
        Attached,
    }

    static string Server(string host) => $"beside-{host}";

    static string Extra(string host) => $"beside-{host}-extra";

    /// <param name="plugged">How often nova has heard by the end that the native host's port is plugged: a start plugs it anew, a while after it is said to be done.</param>
    async Task JobAsync(string name, Func<string, Task> job, int plugged = 0)
    {
        await Recording.MarkAsync(name);
        await Task.WhenAll(Hosts.Select(job));
        await Poll.UntilAsync(
            $"{name} has come to rest on the native host", () => Recording.OfAsync(Native), at => at.Count(one => one.Value("name") == "network-vif-plugged") >= plugged);
    }

    async Task DoAsync(string host, string status, params string[] what)
    {
        await Tenant.RunAsync(["server", .. what, Server(host)]);
        await IdleAsync(Server(host));
        await Tenant.BecomesAsync(Server(host), status);
    }

    async Task<string> FirstPortAsync(string host) => Text(await PortAsync(Server(host)), "ID");

    async Task<JsonNode> AgentAsync(string host)
    {
        var found = (await Parent.AskAsync("network", "agent", "list", "--host", host, "--agent-type", "open-vswitch")).AsArray().Single();
        return await Parent.AskAsync("network", "agent", "show", Text(found, "ID"));
    }

    async Task<JsonNode?> ComputeAsync(string host) =>
        (await Parent.AskAsync("compute", "service", "list", "--service", "nova-compute", "--host", host)).AsArray().Single();

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

    /// <summary>Every key that one of them has is equal, but for those that may differ.</summary>
    static void Same(JsonNode native, JsonNode ours, IReadOnlyDictionary<string, string> mayDiffer)
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

    SortedSet<string> Reports(string host) => new(said[host].Where(at => at is { ByHost: true, Read: false, Who: not "dhcp" }).Select(at => $"{at.Who} {at.What}"), StringComparer.Ordinal);

    string[] States(string host) => [.. said[host].Where(at => at is { Who: "nova", ByHost: true, Of: "server1" }).Select(State).OfType<string>()];

    static string? State(Said at) => at.What switch
    {
        "InstanceActionEvent.event_start" => $"{at.Value("event")} begins",
        "InstanceActionEvent.event_finish_with_failure" or "InstanceActionEvent.event_finish" => $"{at.Value("event")} ends: {at.Value("result")}",
        "Instance.save" => string.Join(' ', Seen.Where(at.Values.ContainsKey).Select(name => $"{name}={at.Value(name)}")) is { Length: > 0 } text ? text : null,
        "Instance.destroy" => "destroyed",
        _ => null,
    };

    string States(string host, Port port)
    {
        var told = said[host].Where(at => at is { Who: "l2", ByHost: false } && at.Of == NameOf(host, port) && at.What.StartsWith("push Port", StringComparison.Ordinal));
        return Short(told.Select(at => at.What.EndsWith("deleted", StringComparison.Ordinal) ? "deleted" : at.Value("status")), Differences.OfPortStates);
    }

    string Events(string host, Port port)
    {
        var told = said[host].Where(at => at.What == "external_instance_event" && at.Value("port") == NameOf(host, port)).Select(at => at.Value("name"));
        // When the network changed is told on the way, at any moment: whether it is, counts.
        var names = told.ToList();
        return Short(names.Where(at => at != "network-changed").Append("end"), Differences.OfPortEvents) + (names.Contains("network-changed") ? " and network-changed" : "");
    }

    /// <summary>Of the ports of a host those that nova hears of, in order: a port for DHCP is none.</summary>
    string NameOf(string host, Port port) =>
        said[host].Where(at => at.What == "external_instance_event").Select(at => at.Value("port")).Distinct().ElementAt((int)port);

    static string Short(IEnumerable<string> steps, (string Sequence, string SameAs, string Reason)[] same)
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
}
