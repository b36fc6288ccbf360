using System.Text.Json.Nodes;
using Cascade.Support;
using Cascade.Support.Parent;

namespace Cascade.L2Proxy.Tests.Kills;

/// <summary>A scripted neutron-server on a real broker, a scripted child, and the real agent between them, which is killed again and again.</summary>
sealed class KillWorld : IAsyncDisposable
{
    /// <summary>Short, so that what is left over is gone before a test ends.</summary>
    const int Grace = 3;

    const string Forged = "cascade:11111111-2222-3333-4444-555555555555";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Broker broker;
    readonly Dictionary<string, (string Path, string As)> foreign = new(StringComparer.Ordinal);
    AgentUnderTest? agent;
    AgentUnderTest? standby;
    AgentUnderTest? woken;

    KillWorld(Broker broker, ScriptedNeutron parent, FakeCloud child) => (this.broker, Parent, Child) = (broker, parent, child);

    public ScriptedNeutron Parent { get; }

    public FakeCloud Child { get; }

    public int Kills { get; private set; }

    public static async Task<KillWorld> StartAsync()
    {
        var rabbit = await Broker.StartAsync();
        var world = new KillWorld(rabbit, await ScriptedNeutron.StartAsync(rabbit), await FakeCloud.StartAsync());
        world.PlantForeign();
        await world.StartAgentAsync();
        return world;
    }

    public async Task StartAgentAsync()
    {
        agent = Copy();
        await agent.UntilWrittenAsync("Everything is compared (start)", Patience);
    }

    /// <summary>A second copy that waits for the first one's end (D6).</summary>
    public async Task StandByAsync()
    {
        standby ??= Copy();
        await standby.UntilWrittenAsync("leader is Standby", Patience);
    }

    /// <summary>Kills the active copy; the one that stood by is the active one then, as soon as the broker has noticed.</summary>
    public async Task KillOverAsync()
    {
        await KillAsync();
        await agent!.DisposeAsync();
        (agent, standby) = (standby, null);
        await agent!.UntilWrittenAsync("leader is Up", Patience);
    }

    /// <summary>The active copy stands still, the other one works on, and the first wakes up: it stays until the next time.</summary>
    public async Task SleepOverAsync(Func<Task> meanwhile)
    {
        await WokenGoesAsync();
        await StandByAsync();
        await agent!.SleepAsync(standby!, meanwhile, Patience);
        (agent, standby, woken) = (standby, null, agent);
    }

    async Task WokenGoesAsync()
    {
        if (woken is not null)
        {
            await woken.DisposeAsync();
            woken = null;
        }
    }

    /// <summary>As a power cut, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        await agent!.KillAsync();
        Kills++;
    }

    /// <summary>Kills it when the Nth request that is a step arrives anywhere: the request takes its effect, its answer finds nobody.</summary>
    public Trap KillAt(int number)
    {
        var trap = new Trap(number, KillAsync);
        Parent.Server.Hold = call => trap.SawAsync(IsStep(call) ? $"parent {call.Method}" : null);
        Child.Arriving = request => trap.SawAsync(IsStep(request) ? $"child {request.Method} {request.Path}" : null);
        return trap;
    }

    public void Disarm()
    {
        Parent.Server.Hold = null;
        Child.Arriving = null;
    }

    /// <summary>
    /// One port for each port that lives, up in the parent where it is up in the child and only there; one network, one subnet and one reservation where
    /// they are needed; nothing else of ours; nothing foreign touched.
    /// </summary>
    public async Task ExpectWholeAsync(IReadOnlyCollection<string> living)
    {
        try
        {
            await Child.UntilAsync(_ => Wrong(living) is null, TimeSpan.FromSeconds(100));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Wrong(living)}\n{Tail()}");
        }
    }

    public JsonObject? ChildPort(string port) => Child.Neutron.Ports.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{port}");

    /// <summary>A server of the child takes the port.</summary>
    public void Plug(string port) => Child.Neutron.Change("ports", (string)ChildPort(port)!["id"]!, members =>
    {
        members["device_id"] = Guid.NewGuid().ToString();
        members["device_owner"] = "compute:nova";
        members["status"] = "ACTIVE";
    });

    public string Tail() => string.Join('\n', agent!.Log.Split('\n').TakeLast(60));

    public async ValueTask DisposeAsync()
    {
        Disarm();
        foreach (var copy in new[] { agent, standby, woken }.OfType<AgentUnderTest>())
        {
            await copy.DisposeAsync();
        }

        await Parent.DisposeAsync();
        await Child.DisposeAsync();
        await broker.DisposeAsync();
    }

    AgentUnderTest Copy() => AgentUnderTest.Start("cascade-l2-proxy.dll", Parent.Configuration(Child, $"reaper_grace = {Grace}\naudit_interval = 5"));

    /// <summary>What must never be touched: what tenants have of their own, even where it claims to be ours.</summary>
    void PlantForeign()
    {
        string Plant(string path, JsonObject members)
        {
            var made = Child.Neutron.Make(path, "tenant", members);
            foreign[(string)made["id"]!] = (path, "");
            return (string)made["id"]!;
        }

        var network = Plant("networks", new() { ["name"] = "theirs", ["description"] = Forged });
        Plant("subnets", new() { ["network_id"] = network, ["cidr"] = "10.99.0.0/24", ["ip_version"] = 4, ["description"] = Forged });
        Plant("ports", new() { ["network_id"] = network });
        Plant("ports", new() { ["network_id"] = network, ["description"] = Forged });
        Plant("security-groups", new() { ["name"] = "theirs", ["description"] = Forged });
        foreach (var (id, (path, _)) in foreign)
        {
            foreign[id] = (path, Child.Neutron.Find(path, id)!.ToJsonString());
        }
    }

    string? Wrong(IReadOnlyCollection<string> living)
    {
        var touched = foreign.Where(one => Child.Neutron.Find(one.Value.Path, one.Key)?.ToJsonString() != one.Value.As).ToList();
        if (touched.Count > 0)
        {
            return $"{touched[0].Value.Path} of a tenant were touched: {touched[0].Value.As}";
        }

        var ports = Ours(Child.Neutron.Ports);
        var networks = living.Select(port => (string)Parent.Server.Port(port)!["network_id"]!).Distinct().ToList();
        var odd = living.Where(port => ports.Count(seen => (string?)seen["description"] == $"cascade:{port}") != 1).ToList();
        var reserved = Parent.Server.Ports.Count(port => (string?)port["device_owner"] == "network:dhcp");
        return odd.Count > 0 ? $"{odd[0]} has {ports.Count(seen => (string?)seen["description"] == $"cascade:{odd[0]}")} ports"
            : ports.Count != living.Count ? $"{ports.Count} ports for {living.Count}"
            : Ours(Child.Neutron.Networks).Count is var made && made != networks.Count ? $"{made} networks for {networks.Count}"
            : Ours(Child.Neutron.Subnets).Count is var cut && cut != networks.Count ? $"{cut} subnets for {networks.Count}"
            : reserved != networks.Count ? $"{reserved} reservations for {networks.Count} networks"
            : living.FirstOrDefault(port => (string?)Parent.Server.Port(port)!["status"] != (string?)ChildPort(port)!["status"]) is { } lied
                ? $"{lied} is {Parent.Server.Port(lied)!["status"]} in the parent and {ChildPort(lied)!["status"]} in the child"
            : null;
    }

    List<JsonObject> Ours(IEnumerable<JsonObject> all) => [.. all.Where(one => !foreign.ContainsKey((string)one["id"]!))];

    /// <summary>Reports and the watch's own looks come at any time and are no step.</summary>
    static bool IsStep(FakeNeutronCall call) => call.Method is "bulk_pull" or "get_ports" or "create_dhcp_port" or "release_dhcp_port" or "update_device_list";

    static bool IsStep(FakeRequest request) => request.Service == "network" && !request.Query.Contains("changed_since", StringComparison.Ordinal)
        && !request.Path.StartsWith("/ports/00000000", StringComparison.Ordinal) && !request.Query.Contains("limit=", StringComparison.Ordinal)
        && !request.Query.StartsWith("tags=", StringComparison.Ordinal) && !request.Query.StartsWith("id=", StringComparison.Ordinal);
}

/// <summary>Counts steps, and springs at one of them.</summary>
sealed class Trap(int number, Func<Task> kill)
{
    readonly TaskCompletionSource<string> sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int seen;

    /// <summary>Ends with the step at which it sprang.</summary>
    public Task<string> Sprung => sprung.Task;

    public async Task SawAsync(string? step)
    {
        if (step is not null && Interlocked.Increment(ref seen) == number)
        {
            await kill();
            sprung.SetResult(step);
        }
    }
}
