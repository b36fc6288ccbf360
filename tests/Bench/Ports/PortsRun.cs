using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Bench.Measuring;
using Cascade.Support;
using Cascade.Support.Parent;

namespace Cascade.Bench.Ports;

/// <summary>
/// What many ports of one child cost: the real L2-Proxy as a process of its own, between a scripted neutron-server on a private broker and a scripted child,
/// both in this process. The counts and the agent's CPU are the product's; the seconds are those of the scripted clouds too.
/// </summary>
sealed class PortsRun : IAsyncDisposable
{
    const int Networks = 10;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Longer than two looks of the watch at its usual pace.</summary>
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly string agentPath;
    readonly int count;
    readonly PortsTable table;
    readonly Broker broker;
    readonly ScriptedNeutron parent;
    readonly FakeCloud child;
    readonly List<string> groups = [];
    AgentUnderTest? agent;

    PortsRun(string agentPath, int count, PortsTable table, Broker broker, ScriptedNeutron parent, FakeCloud child) =>
        (this.agentPath, this.count, this.table, this.broker, this.parent, this.child) = (agentPath, count, table, broker, parent, child);

    /// <param name="path">The agent's assembly.</param>
    /// <param name="counts">One run for each.</param>
    public static async Task<int> RunAsync(string path, IEnumerable<int> counts)
    {
        if (Generation.Zed.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 2;
        }

        var rows = new PortsTable();
        foreach (var ports in counts)
        {
            var rabbit = await Broker.StartAsync();
            await using var run = new PortsRun(path, ports, rows, rabbit, await ScriptedNeutron.StartAsync(rabbit), await FakeCloud.StartAsync());
            await run.MeasureAsync();
        }

        Console.WriteLine(await Machine.DescribeAsync());
        Console.WriteLine();
        Console.WriteLine(rows);
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (agent is not null)
        {
            await agent.DisposeAsync();
        }

        await parent.DisposeAsync();
        await child.DisposeAsync();
        await broker.DisposeAsync();
    }

    async Task MeasureAsync()
    {
        Fill();
        await MeasureAsync("make them all", 0, async () =>
        {
            Start();
            await UntilAsync(() => child.Neutron.CountOf("ports", port => (string?)port["device_owner"] is not "network:dhcp") == count);
        });
        await MeasureAsync("all go up", 0, async () =>
        {
            PlugAll();
            await UntilAsync(() => parent.Server.CountPorts(port => (string?)port["status"] == "ACTIVE") == count);
            await UntilAsync(() => child.Neutron.CountOf("ports", port => port["tags"] is JsonArray { Count: > 0 }) == count);
        });
        await agent!.KillAsync();
        await agent.DisposeAsync();
        agent = null;
        await MeasureAsync("start, compare everything", 0, async () =>
        {
            Start();
            await ComparedAsync();
        });
        // .NET compiles for good only what has run a while.
        await Task.Delay(Idle, TimeProvider.System);
        await MeasureAsync($"{Idle.TotalSeconds:0} s with nothing to do", Idle.TotalSeconds, () => Task.Delay(Idle, TimeProvider.System));
        await MeasureAsync("one member of a remote group elsewhere", 0, async () =>
        {
            parent.Server.AddPort(parent.Server.AddNetwork("elsewhere"), "cloud-b", port =>
            {
                port["security_groups"] = new JsonArray(groups[0]);
                port["fixed_ips"] = new JsonArray(new JsonObject { ["subnet_id"] = Guid.NewGuid().ToString(), ["ip_address"] = "192.0.2.9" });
            });
            await child.UntilAsync(_ => child.Neutron.AddressGroups.Any(list => list["addresses"]!.AsArray().Any(one => ((string)one!).StartsWith("192.0.2.9", StringComparison.Ordinal))), Patience);
        });
    }

    void Start() => agent = AgentUnderTest.Start(agentPath, Configuration());

    /// <summary>With the intervals that an operator has, not those of a test.</summary>
    string Configuration() => parent.Configuration(child)
        .Replace("report_interval = 1\n", "report_interval = 30\n", StringComparison.Ordinal)
        .Replace("watch_interval = 1\n", "watch_interval = 10\n", StringComparison.Ordinal)
        .Replace("child_probe_interval = 1\n", "child_probe_interval = 10\n", StringComparison.Ordinal);

    Task ComparedAsync() => agent!.UntilWrittenAsync("Everything is compared (start)", Patience);

    /// <summary>Two groups, one of which lets the other's members in.</summary>
    void Fill()
    {
        groups.Add(parent.Server.AddSecurityGroup("db"));
        groups.Add(parent.Server.AddSecurityGroup("web"));
        parent.Server.AddRule(groups[1], rule => rule["remote_group_id"] = groups[0]);
        var networks = Enumerable.Range(0, Networks).Select(number =>
        {
            var network = parent.Server.AddNetwork($"net-{number}");
            parent.Server.AddSubnet(network, string.Create(CultureInfo.InvariantCulture, $"10.{number + 10}.0.0/16"));
            return network;
        }).ToList();
        for (var number = 0; number < count; number++)
        {
            var group = groups[number % 2];
            parent.Server.AddPort(networks[number % Networks], parent.Host, port => port["security_groups"] = new JsonArray(group));
        }
    }

    /// <summary>As if a server had started on each of them.</summary>
    void PlugAll()
    {
        foreach (var port in child.Neutron.Ports.Where(port => (string?)port["device_owner"] is not "network:dhcp"))
        {
            child.Neutron.Change("ports", (string)port["id"]!, members =>
                (members["device_id"], members["device_owner"], members["status"]) = (Guid.NewGuid().ToString(), "compute:nova", "ACTIVE"));
        }
    }

    /// <summary>Looks once a second.</summary>
    static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }

    async Task MeasureAsync(string what, double over, Func<Task> work)
    {
        child.ForgetRequests();
        var asked = parent.Server.Calls.Count;
        var cpu = agent is not null ? Measured.CpuOf(agent.ProcessId) : 0;
        var began = TimeProvider.System.GetTimestamp();
        await work();
        var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var requests = child.Requests.Where(request => request.Service == "network").ToList();
        table.Add(
            count,
            what,
            over > 0 ? null : took,
            requests.Count,
            requests.Sum(request => (long)request.Length),
            parent.Server.Calls.Skip(asked).Count(call => call.Method is not ("report_state" or "has_alive_neutron_server")),
            Measured.CpuOf(agent!.ProcessId) - cpu,
            MemoryOf(agent.ProcessId));
    }

    static double MemoryOf(int id) => double.Parse(
        File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
