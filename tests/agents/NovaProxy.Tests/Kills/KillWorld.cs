using Cascade.Support;
using Cascade.Support.Parent;

namespace Cascade.NovaProxy.Tests.Kills;

/// <summary>A scripted parent on a real broker, a scripted child, and the real agent between them, which is killed again and again.</summary>
sealed class KillWorld : IAsyncDisposable
{
    /// <summary>Short, so that what is left over is gone before a test ends; long against the time between a create and its link.</summary>
    const int Grace = 4;

    readonly Broker broker;
    readonly List<string> foreign = [];
    AgentUnderTest? agent;
    AgentUnderTest? woken;

    KillWorld(Broker broker, ScriptedParent parent, FakeCloud child) => (this.broker, Parent, Child) = (broker, parent, child);

    public ScriptedParent Parent { get; }

    public FakeCloud Child { get; }

    public int Kills { get; private set; }

    public static async Task<KillWorld> StartAsync()
    {
        var rabbit = await Broker.StartAsync();
        var world = new KillWorld(rabbit, await ScriptedParent.StartAsync(rabbit), await FakeCloud.StartAsync());
        world.Child.Placement.Add("node-1", ("VCPU", 512), ("MEMORY_MB", 1048576), ("DISK_GB", 100000)).Traits.Add("COMPUTE_NODE");
        world.PlantForeign();
        await world.StartAgentAsync();
        await world.Parent.ExpectServiceAsync(TimeSpan.FromMinutes(2));
        return world;
    }

    public async Task StartAgentAsync()
    {
        agent = Copy();
        await agent.UntilWrittenAsync("is serving", TimeSpan.FromMinutes(2));
    }

    /// <summary>The active copy stands still, another one works on, and the first wakes up: it stays until the next time.</summary>
    public async Task SleepOverAsync(Func<Task> meanwhile)
    {
        await (woken?.DisposeAsync() ?? default);
        var standby = Copy();
        (var sleeping, agent, woken) = (agent!, standby, agent);
        await standby.UntilWrittenAsync("leader is Standby", TimeSpan.FromMinutes(2));
        await sleeping.SleepAsync(standby, meanwhile, TimeSpan.FromMinutes(2));
    }

    /// <summary>As a power cut, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        await agent!.KillAsync();
        Kills++;
    }

    /// <summary>Kills it when the Nth request that concerns the instance arrives anywhere: the request takes its effect, its answer finds nobody.</summary>
    /// <param name="changes">Counts only what changes something: the same number is the same step each time then, and a death at a reading is one after the change before it.</param>
    /// <returns>Ends with true when it was killed.</returns>
    public Trap KillAt(int number, bool changes = false)
    {
        var trap = new Trap(number, () =>
        {
            // Waits for the end of the process, so that the request is done when nobody is there any more.
            // The conductor calls this under its lock and has no await to give.
#pragma warning disable VSTHRD002
            agent!.KillAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            Kills++;
        });
        Parent.Conductor.Before = call => trap.Saw(Concerns(call) && (!changes || !call.ObjectMethod.Contains(".get_", StringComparison.Ordinal)) ? $"conductor {call.ObjectMethod}" : null);
        Parent.Cloud.Arriving = request => trap.SawAsync(Concerns(request) && (!changes || request.Method != "GET") ? $"parent {request.Method} {request.Service} {request.Path}" : null);
        Child.Arriving = request => trap.SawAsync(Concerns(request) && (!changes || request.Method != "GET") ? $"child {request.Method} {request.Service} {request.Path}" : null);
        return trap;
    }

    public void Disarm()
    {
        Parent.Conductor.Before = null;
        Parent.Cloud.Arriving = null;
        Child.Arriving = null;
    }

    /// <summary>One server for each instance that lives, none for any other, nothing foreign touched.</summary>
    public async Task ExpectWholeAsync(IReadOnlyCollection<string> living)
    {
        try
        {
            await Child.UntilAsync(_ => Wrong(living) is null, TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Wrong(living)}\n{Tail()}");
        }
    }

    public string Tail() => string.Join('\n', agent!.Log.Split('\n').TakeLast(60));

    public async ValueTask DisposeAsync()
    {
        Disarm();
        await (agent?.DisposeAsync() ?? default);
        await (woken?.DisposeAsync() ?? default);

        await Parent.DisposeAsync();
        await Child.DisposeAsync();
        await broker.DisposeAsync();
    }

    AgentUnderTest Copy() => AgentUnderTest.Start("cascade-nova-proxy.dll", Parent.Configuration(Child, $"reaper_grace = {Grace}"));

    /// <summary>What must never be touched: a tenant's own, even with our tags; what our account made for somebody else.</summary>
    void PlantForeign()
    {
        var us = Child.Keystone.UserId;
        foreign.AddRange(new[]
        {
            Child.Nova.Plant("tenant", Parent.ProjectId, "tenant"),
            Child.Nova.Plant("forged", Parent.ProjectId, "tenant", $"cascade:{Guid.NewGuid():D}", $"cascade-host:{Parent.Host}"),
            Child.Nova.Plant("other-host", Parent.ProjectId, us, $"cascade:{Guid.NewGuid():D}", "cascade-host:other"),
            Child.Nova.Plant("by-hand", Parent.ProjectId, us),
        }.Select(server => server.Id));
    }

    string? Wrong(IReadOnlyCollection<string> living)
    {
        var servers = Child.Nova.Servers;
        var missing = foreign.Except(servers.Select(server => server.Id)).ToList();
        if (missing.Count > 0)
        {
            return $"foreign servers were touched: {string.Join(", ", missing)}";
        }

        var ours = servers.Where(server => !foreign.Contains(server.Id)).ToList();
        foreach (var uuid in living)
        {
            var linked = Parent.Conductor.Instance(uuid)!["system_metadata"]?["cascade_server_id"]?.ToString();
            var stamped = ours.Where(server => server.Tags.Contains($"cascade:{uuid}")).ToList();
            if (stamped.Count != 1 || stamped[0].Id != linked)
            {
                return $"{uuid} is linked to {linked ?? "nothing"} and has {stamped.Count} servers";
            }
        }

        return ours.Count == living.Count ? null : $"{ours.Count} servers for {living.Count} instances: {string.Join(", ", ours.Select(server => server.Tags.FirstOrDefault()))}";
    }

    /// <summary>Heartbeats, capacity and the watch's own lists come at any time and are no step of a build or a delete.</summary>
    static bool Concerns(FakeConductorCall call) => call.ObjectMethod.StartsWith("Instance.", StringComparison.Ordinal)
        || call.ObjectMethod.StartsWith("InstanceAction", StringComparison.Ordinal)
        || call.ObjectMethod.StartsWith("InstanceInfoCache", StringComparison.Ordinal)
        || call.ObjectMethod.StartsWith("BlockDevice", StringComparison.Ordinal)
        || call.ObjectMethod.StartsWith("VirtualInterface", StringComparison.Ordinal)
        || call.ObjectMethod.StartsWith("Console", StringComparison.Ordinal);

    static bool Concerns(FakeRequest request) => request.Service switch
    {
        "compute" => request.Method != "GET" || request.Query.Contains("tags=", StringComparison.Ordinal) || request.Path.StartsWith("/flavors", StringComparison.Ordinal),
        "image" => true,
        // A death at a reading is a death after the change before it.
        "network" or "block-storage" => request.Method != "GET",
        "placement" => request.Path.StartsWith("/allocations", StringComparison.Ordinal),
        _ => false,
    };
}

/// <summary>Counts steps, and springs at one of them.</summary>
sealed class Trap(int number, Action kill)
{
    readonly Lock one = new();
    readonly TaskCompletionSource<string> sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int seen;

    /// <summary>Ends with the step at which it sprang.</summary>
    public Task<string> Sprung => sprung.Task;

    public void Saw(string? step)
    {
        lock (one)
        {
            if (step is null || ++seen != number)
            {
                return;
            }

            kill();
            sprung.SetResult(step);
        }
    }

    public async Task SawAsync(string? step) => await Task.Run(() => Saw(step));
}
