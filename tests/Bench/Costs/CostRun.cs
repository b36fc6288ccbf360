using System.Globalization;
using Cascade.Bench.Measuring;
using Cascade.Support;
using Cascade.Support.Parent;

namespace Cascade.Bench.Costs;

/// <summary>
/// What many things of one child cost: the real agent as a process of its own, between a scripted neutron-server on a private broker and a scripted child, both in this
/// process. The counts and the agent's CPU are the product's; the seconds are those of the scripted clouds too.
/// </summary>
abstract class CostRun(string agentPath, int count, CostTable table, Broker broker, ScriptedNeutron parent, FakeCloud child) : IAsyncDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Longer than two looks of the watch at its usual pace.</summary>
    protected static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    AgentUnderTest? agent;

    protected int Count => count;

    protected ScriptedNeutron Parent => parent;

    protected FakeCloud Child => child;

    /// <summary>More of the agent's configuration file.</summary>
    protected virtual string More => "";

    /// <param name="counts">One run for each.</param>
    /// <param name="things">What there are many of.</param>
    /// <param name="make">A run of so many.</param>
    public static async Task<int> RunAsync(IEnumerable<int> counts, string things, Func<int, CostTable, Broker, ScriptedNeutron, FakeCloud, CostRun> make)
    {
        if (Generation.Zed.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 2;
        }

        var rows = new CostTable(things);
        foreach (var many in counts)
        {
            var rabbit = await Broker.StartAsync();
            await using var run = make(many, rows, rabbit, await ScriptedNeutron.StartAsync(rabbit), await FakeCloud.StartAsync());
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

    protected abstract Task MeasureAsync();

    // From where we stand, not from where we lie.
    protected void Start() => agent = AgentUnderTest.Start(Path.GetFullPath(agentPath), Configuration());

    /// <summary>A new life of the agent on what stands.</summary>
    protected async Task MeasureStartAsync()
    {
        await agent!.KillAsync();
        await agent.DisposeAsync();
        agent = null;
        await MeasureAsync("start, compare everything", 0, async () =>
        {
            Start();
            await agent!.UntilWrittenAsync("Everything is compared (start)", Patience);
        });
        // .NET compiles for good only what has run a while.
        await Task.Delay(Idle, TimeProvider.System);
        await MeasureAsync($"{Idle.TotalSeconds:0} s with nothing to do", Idle.TotalSeconds, () => Task.Delay(Idle, TimeProvider.System));
    }

    /// <summary>Looks once a second.</summary>
    protected async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!condition())
        {
            if (agent is { HasExited: true })
            {
                throw new InvalidOperationException($"the agent has ended by itself:\n{agent.Log}");
            }

            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
    }

    protected async Task MeasureAsync(string what, double over, Func<Task> work)
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

    /// <summary>With the intervals that an operator has, not those of a test.</summary>
    string Configuration() => parent.Configuration(child, More)
        .Replace("report_interval = 1\n", "report_interval = 30\n", StringComparison.Ordinal)
        .Replace("watch_interval = 1\n", "watch_interval = 10\n", StringComparison.Ordinal)
        .Replace("child_probe_interval = 1\n", "child_probe_interval = 10\n", StringComparison.Ordinal);

    static double MemoryOf(int id) => double.Parse(
        File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
