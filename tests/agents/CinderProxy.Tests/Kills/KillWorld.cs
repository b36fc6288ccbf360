using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Support;
using Cascade.Support.Parent;
using CinderProxy.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CinderProxy.Tests.Kills;

/// <summary>A parent on a real broker and a real database file, a scripted child, and the real agent between them, which is killed again and again.</summary>
sealed class KillWorld : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>Short, so that what is left over is gone before a test ends; long against the time between a create and its link.</summary>
    const string Settings = """
        watch_interval = 1
        child_probe_interval = 1
        capacity_interval = 5
        reaper_grace = 4
        """;

    readonly Broker broker;
    readonly RabbitTransport bus;
    readonly string vhost;
    readonly string transportUrl;
    readonly List<AgentUnderTest> lives = [];
    readonly List<Order> given = [];
    AgentUnderTest? agent;
    AgentUnderTest? woken;

    KillWorld(Broker broker, string vhost, ParentRows rows, FakeCloud child, FakeCloud above)
    {
        (this.broker, this.vhost, Rows, Child, Above) = (broker, vhost, rows, child, above);
        transportUrl = broker.TransportUrl(vhost);
        Api = new(rows, World.Host);
        bus = new(
            new RabbitOptions { Hosts = [new RabbitHost("127.0.0.1", broker.Port, "guest", "guest")], VirtualHost = vhost, ControlExchange = "openstack", ProcessName = "cinder-api" },
            NullLoggerFactory.Instance,
            TimeProvider.System);
    }

    public ParentRows Rows { get; }

    public FakeCloud Child { get; }

    public FakeCloud Above { get; }

    public FakeCinderApi Api { get; }

    public int Kills { get; private set; }

    public static async Task<KillWorld> StartAsync()
    {
        var rabbit = await Broker.StartAsync();
        var world = new KillWorld(rabbit, await rabbit.VhostAsync(), await ParentRows.MakeAsync(), await FakeCloud.StartAsync(), await FakeCloud.StartAsync());
        await world.StartAgentAsync();
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

    AgentUnderTest Copy()
    {
        lives.Add(AgentUnderTest.Start("cascade-cinder-proxy.dll", ConfigurationFile.Of(World.Server, transportUrl, Rows.Url, Child, Above, Settings)));
        return lives[^1];
    }

    /// <summary>As a power cut, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        await agent!.KillAsync();
        Kills++;
    }

    /// <summary>As cinder-api or the scheduler sends it (cinder/volume/rpcapi.py: VolumeAPI._get_cctxt).</summary>
    public Task CastAsync(Order order)
    {
        given.Add(order);
        return bus.Caller.CastAsync(new($"cinder-volume.{World.Host}", order.Version, Server: World.Server), order.Method, order.Arguments, order.Context);
    }

    /// <summary>
    /// What was with five lives that were killed has been given up as one that kills, although it was not to blame: an operator looks now and then, and puts it back.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> PutBackUntilAsync(Func<bool> condition)
    {
        var (began, putBack) = (TimeProvider.System.GetTimestamp(), 0);
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(2));
        do
        {
            putBack += await bus.DeadLetters.RequeueAsync($"cinder-volume.{World.Host}.{World.Server}", _ => true, CancellationToken.None);
        }
        while (!condition() && TimeProvider.System.GetElapsedTime(began) < Patience && await look.WaitForNextTickAsync());
        return putBack;
    }

    /// <summary>
    /// Sends the order and kills the agent when the Nth request of its work arrives anywhere: the request takes its effect, its answer finds nobody. Then a new life, and the
    /// order must come to its end.
    /// </summary>
    /// <param name="ended">Asked after every request, and now and then.</param>
    /// <returns>False when there is no Nth request: the order ended before.</returns>
    public async Task<bool> KillAtAsync(int step, Order order, Func<bool> ended)
    {
        var trap = new Trap(step, KillAsync);
        Child.Arriving = trap.SawAsync;
        Above.Arriving = trap.SawAsync;
        await CastAsync(order);
        await UntilAsync(() => trap.Sprung.IsCompleted || ended(), order);
        (Child.Arriving, Above.Arriving) = (null, null);
        if (!trap.Sprung.IsCompleted)
        {
            return false;
        }

        await TestContext.Out.WriteLineAsync($"{order.Method}, step {step}: killed at {await trap.Sprung}");
        await StartAgentAsync();
        await UntilAsync(ended, order);
        return true;
    }

    public async Task UntilAsync(Func<bool> condition, Order? order = null)
    {
        try
        {
            await Child.UntilAsync(_ => condition(), Patience);
        }
        catch (TimeoutException late)
        {
            Assert.Fail($"{order?.Method} of {order?.Id} does not come to its end: {Shown()}\n{late.Message}\n{await QueuesAsync()}\n{History()}\n{Tail()}");
        }
    }

    public string? Status(string volume) => (string?)Rows.Row("volumes", volume)["status"];

    /// <summary>Rows, quota and child say the same, nothing is on its way, and nothing of ours is in the child that no row links to.</summary>
    public async Task ExpectWholeAsync()
    {
        await UntilAsync(() => Leaked().Count == 0);
        Api.Quota.ExpectWhole();
        Assert.Multiple(() =>
        {
            Assert.That(Rows.Texts("SELECT id || ' ' || status FROM volumes WHERE deleted=0 AND status NOT IN ('available', 'in-use', 'error')"), Is.Empty, "volumes on their way");
            Assert.That(Rows.Texts("SELECT id || ' ' || status FROM snapshots WHERE deleted=0 AND status NOT IN ('available', 'error')"), Is.Empty, "snapshots on their way");
            Assert.That(Rows.Texts("SELECT resource_id || ' ' || status FROM workers"), Is.Empty, "workers");
            var there = Child.Cinder.Volumes.Select(volume => volume.Id);
            Assert.That(Rows.Texts("SELECT provider_id FROM volumes WHERE deleted=0 AND status='available'").Except(there), Is.Empty, "volumes without one in the child");
        });
    }

    public async ValueTask DisposeAsync()
    {
        (Child.Arriving, Above.Arriving) = (null, null);
        Child.Heal();
        await (agent?.DisposeAsync() ?? default);
        await (woken?.DisposeAsync() ?? default);

        await bus.DisposeAsync();
        await Child.DisposeAsync();
        await Above.DisposeAsync();
        await broker.DisposeAsync();
        await Rows.DisposeAsync();
    }

    List<string> Leaked()
    {
        var linked = Rows.Texts("SELECT provider_id FROM volumes WHERE deleted=0 UNION SELECT provider_id FROM snapshots WHERE deleted=0");
        return [.. Child.Cinder.Volumes.Select(volume => volume.Id).Concat(Child.Cinder.Snapshots.Select(snapshot => snapshot.Id)).Where(id => !linked.Contains(id))];
    }

    string Shown() => $"volumes {Shown("volumes")}; snapshots {Shown("snapshots")}; leaked {string.Join(", ", Leaked())}";

    string Shown(string table) => string.Join(", ", Rows.Texts($"SELECT id || '=' || status FROM {table} WHERE deleted=0"));

    Task<string> QueuesAsync() => broker.CtlAsync("list_queues", "-p", vhost, "-s", "name", "messages_ready", "messages_unacknowledged", "consumers");

    /// <summary>What was asked of everything that is on its way still, and what every life said of it.</summary>
    string History()
    {
        var stuck = Rows.Texts("SELECT id FROM volumes WHERE deleted=0 AND status NOT IN ('available', 'in-use', 'error')");
        var orders = given.Where(order => stuck.Contains(order.Id)).ToList();
        var words = stuck.OfType<string>().Concat(orders.Select(order => order.Context.RequestId).OfType<string>()).ToList();
        return string.Join(
            '\n',
            orders.Select(order => $"{order.Id}: {order.Method} [{order.Context.RequestId}]")
                .Concat(lives.SelectMany((life, at) => life.Log.Split('\n').Where(line => words.Exists(word => line.Contains(word, StringComparison.Ordinal))).Select(line => $"life {at}: {line}"))));
    }

    string Tail() => string.Join('\n', agent!.Log.Split('\n').TakeLast(60));
}

/// <summary>Counts the requests that change something, and those by which something is looked up for it; springs at one of them.</summary>
sealed class Trap(int number, Func<Task> killAsync)
{
    readonly TaskCompletionSource<string> sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int seen;

    /// <summary>Ends with the step at which it sprang, when the agent is dead.</summary>
    public Task<string> Sprung => sprung.Task;

    public async Task SawAsync(FakeRequest request)
    {
        if (IsStep(request) && Interlocked.Increment(ref seen) == number)
        {
            await killAsync();
            sprung.TrySetResult(request.ToString());
        }
    }

    /// <summary>The lists of the watches, probes, capacity and tokens come at any time and are no step of an order.</summary>
    static bool IsStep(FakeRequest request) => request.Service switch
    {
        "identity" => false,
        "block-storage" => request.Method != "GET" || request.Query.Contains("cascade_parent_id", StringComparison.Ordinal),
        "image" => request.Method != "GET",
        _ => request.Method != "GET",
    };
}
