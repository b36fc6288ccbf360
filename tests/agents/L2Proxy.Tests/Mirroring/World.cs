using System.Text.Json.Nodes;
using Cascade.Agent.Child;
using Cascade.Agent.Serving;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.Notices;
using Cascade.L2Proxy.Comparing;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Notices;
using Cascade.L2Proxy.Parent;
using Cascade.L2Proxy.Watching;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;
using Cascade.Support.Parent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>
/// A neutron-server in memory, a child behind HTTP, and our nouns between them without a bus: what the server says becomes hints at once, a look of the watch
/// is asked for. <see cref="RebornAsync"/> is a restart that remembers nothing.
/// </summary>
sealed class World : IAsyncDisposable
{
    public const string Host = "cloud-a";

    readonly List<Life> lives = [];
    readonly List<FakeNotice> kept = [];
    Life life = null!;

    public FakeCloud Child { get; private init; } = null!;

    public FakeNeutronServer Parent { get; } = new(TimeProvider.System);

    /// <summary>What is said is told to nobody.</summary>
    public bool Silent { get; set; }

    /// <summary>How often each notice comes.</summary>
    public int Times { get; set; } = 1;

    /// <summary>What is said is kept, to be told by <see cref="TellKept"/>.</summary>
    public bool Keeps { get; set; }

    public Dictionary<string, string> Physical { get; } = new() { ["physnet1"] = "physnet1" };

    public int DhcpAgents { get; set; } = 1;

    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(2);

    public string Project => Child.Keystone.ProjectId;

    public static async Task<World> StartAsync(bool begin = true)
    {
        var world = new World { Child = await FakeCloud.StartAsync() };
        world.Parent.Told += world.Hear;
        if (begin)
        {
            await world.RebornAsync();
        }

        return world;
    }

    /// <summary>A new life: nothing in memory survives, everything in the clouds does.</summary>
    public async Task RebornAsync()
    {
        await DieAsync();
        life = new(this);
        lives.Add(life);
        await ResyncAsync();
        await SettleAsync();
    }

    public async Task DieAsync()
    {
        if (life is not null)
        {
            await life.EndAsync();
        }
    }

    public T Of<T>()
        where T : notnull => life.Services.GetRequiredService<T>();

    /// <summary>The same life is the active one again, after another copy was.</summary>
    public Task ActiveAgainAsync() => Task.WhenAll(life.Services.GetServices<IRecovery>().Select(one => one.RecoverAsync(default)));

    public Task ResyncAsync() => Of<IResync>().ResyncAsync("a test", default);

    /// <summary>What <c>mirror list</c> says of ports, asked by a process that does nothing else.</summary>
    public async Task<IReadOnlyList<Agent.Verbs.MirrorRow>> ListAsync()
    {
        await using var services = Life.Make(this);
        return await services.GetRequiredService<PortList>().ReadAsync(default);
    }

    /// <summary>What it says of networks.</summary>
    public async Task<IReadOnlyList<Agent.Verbs.MirrorRow>> NetworksAsync()
    {
        await using var services = Life.Make(this);
        return await services.GetRequiredService<NetworkList>().ReadAsync(default);
    }

    public Task LookAsync() => Of<PortWatching>().LookAsync(default);

    public void TellKept(IEnumerable<FakeNotice> notices)
    {
        foreach (var notice in notices)
        {
            life.Hear(notice);
        }
    }

    public IReadOnlyList<FakeNotice> Kept
    {
        get
        {
            lock (kept)
            {
                return [.. kept];
            }
        }
    }

    /// <summary>What was told is taken; what comes of it may be under way.</summary>
    public Task HeardAsync() => UntilAsync(() => Of<HintBook>().Count == 0 && !life.IsPumping);

    /// <summary>Ends when nothing is noted and nothing is under way.</summary>
    public Task SettleAsync(TimeSpan? patience = null) => UntilAsync(() => Of<HintBook>().Count == 0 && !life.IsPumping && Of<MirrorAgendas>().IsIdle, patience);

    public static async Task UntilAsync(Func<bool> condition, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>A network with one subnet.</summary>
    public string Network(Action<JsonObject>? edit = null, string cidr = "10.10.0.0/24")
    {
        var network = Parent.AddNetwork("tenant-net", edit);
        Parent.AddSubnet(network, cidr);
        return network;
    }

    /// <summary>A port of ours on it, mirrored.</summary>
    public async Task<string> PortAsync(string network, Action<JsonObject>? edit = null)
    {
        var port = Parent.AddPort(network, Host, edit);
        await SettleAsync();
        return port;
    }

    public JsonObject? ChildPort(string port) => Child.Neutron.Ports.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{port}");

    public JsonObject? ChildNetwork(string network) => Child.Neutron.Networks.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{network}");

    public string? Status(string port) => (string?)Parent.Port(port)?["status"];

    public IReadOnlyList<JsonObject> Reserved(string network) =>
        [.. Parent.Ports.Where(port => (string?)port["device_owner"] == "network:dhcp" && (string?)port["network_id"] == network)];

    /// <summary>A server of the child takes the port; its agent says that it is up.</summary>
    public void Plug(string port) => Child.Neutron.Change("ports", (string)ChildPort(port)!["id"]!, members =>
    {
        members["device_id"] = Guid.NewGuid().ToString();
        members["device_owner"] = "compute:nova";
        members["binding:host_id"] = "node-1";
        members["binding:vif_type"] = "ovs";
        members["status"] = "ACTIVE";
    });

    /// <summary>The server lets go of it.</summary>
    public void Unplug(string childPort) => Child.Neutron.Change("ports", childPort, members =>
    {
        members["device_id"] = "";
        members["device_owner"] = "";
        members["binding:host_id"] = "";
        members["binding:vif_type"] = "unbound";
        members["status"] = "DOWN";
    });

    /// <summary>Requests to Neutron that change something.</summary>
    public IReadOnlyList<FakeRequest> Writes => [.. Child.Requests.Where(request => request.Service == "network" && request.Method != "GET")];

    public async ValueTask DisposeAsync()
    {
        foreach (var one in lives)
        {
            await one.EndAsync();
        }

        await Child.DisposeAsync();
    }

    void Hear(FakeNotice notice)
    {
        if (Keeps)
        {
            lock (kept)
            {
                kept.Add(notice);
            }

            return;
        }

        for (var time = 0; time < Times && !Silent && life is not null; time++)
        {
            life.Hear(notice);
        }
    }

    sealed class Life
    {
        readonly CancellationTokenSource ending = new();
        readonly Task working;
        volatile bool ended;
        volatile bool pumping;

        public bool IsPumping => pumping;

        public Life(World world)
        {
            Services = Make(world);
            var book = Services.GetRequiredService<HintBook>();
            _ = Services.GetRequiredService<PortWatching>();
            var agendas = Services.GetRequiredService<MirrorAgendas>();
            IWorker groups = Services.GetRequiredService<GroupAgendas>();
            working = Task.WhenAll(agendas.RunAsync(ending.Token), groups.RunAsync(ending.Token), PumpAsync(book));
        }

        public ServiceProvider Services { get; }

        public async Task EndAsync()
        {
            if (ended)
            {
                return;
            }

            ended = true;
            await ending.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Services.DisposeAsync();
            ending.Dispose();
        }

        public void Hear(FakeNotice notice)
        {
            if (ended)
            {
                return;
            }

            var book = Services.GetRequiredService<HintBook>();
            var context = RpcContext.Admin("req-test");
            _ = notice.Method switch
            {
                "push" => new Pushes(book).HandleAsync(Read<Push>(notice), context, default),
                "port_update" => new PortNotices(book).HandleAsync(Read<PortUpdate>(notice), context, default),
                "port_delete" => new PortNotices(book).HandleAsync(Read<PortDelete>(notice), context, default),
                "binding_activate" => new PortNotices(book).HandleAsync(Read<BindingActivate>(notice), context, default),
                "binding_deactivate" => new PortNotices(book).HandleAsync(Read<BindingDeactivate>(notice), context, default),
                _ => Task.FromResult<JsonNode?>(null),
            };
        }

        async Task PumpAsync(HintBook book)
        {
            while (true)
            {
                pumping = false;
                await book.ArrivalAsync(ending.Token);
                pumping = true;
                while (book.Take() is { } taken)
                {
                    foreach (var noun in Services.GetServices<IHints>())
                    {
                        await noun.TakeAsync(taken.Hint!, ending.Token);
                    }
                }
            }
        }

        static T Read<T>(FakeNotice notice)
            where T : IRpcCall<T> => System.Text.Json.JsonSerializer.Deserialize(notice.Arguments.ToJsonString(), T.Wire)!;

        public static ServiceProvider Make(World world)
        {
            var services = new ServiceCollection();
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new TestLog()));
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton<INeutronServer>(new DirectServer(new(world.Parent)));
            services.AddSingleton(all => new Cloud(CloudOf(world.Child), all.GetRequiredService<ILogger<Cloud>>()));
            services.AddSingleton<ChildCloud>();
            services.AddSingleton(new HintBook(10_000));
            services.AddSingleton(new MirrorRules(Host) { Physical = world.Physical, DhcpAgents = world.DhcpAgents, ReaperGrace = world.Grace });
            services.AddSingleton(new AgendaOptions { First = TimeSpan.FromMilliseconds(50), Longest = TimeSpan.FromMilliseconds(200), Refused = TimeSpan.FromMilliseconds(300) });
            return services.AddMirroring().AddGroups().BuildServiceProvider();
        }
    }

    static CloudOptions CloudOf(FakeCloud fake) => new()
    {
        Name = "child",
        AuthUrl = fake.AuthUrl,
        Username = fake.Keystone.Username,
        Password = fake.Keystone.Password,
        ProjectName = fake.Keystone.ProjectName,
        RegionName = "RegionOne",
        Retry = new RetryOptions { MaxRetries = 0 },
    };
}

/// <summary>The parent's server without a bus, asked as an administrator asks.</summary>
sealed class DirectServer(InProcessCaller caller) : INeutronServer
{
    public async Task<TReply> AskAsync<TReply>(IPluginCall<TReply> call, CancellationToken cancelled, TimeSpan? timeout = null) =>
        call.Read(await caller.CallAsync(new(call.SentTo, call.Method.Since, Namespace: call.Method.Namespace), call.Method.Method, call.Arguments(), RequestIds.Admin(), cancelled: cancelled));
}

/// <summary>The log of a test in its output.</summary>
sealed class TestLog : ILoggerProvider, ILogger
{
    readonly TextWriter to = TestContext.Out;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        to.WriteLine($"{logLevel} {eventId.Id} {formatter(state, exception)}{(exception is null ? "" : $" | {exception.GetType().Name}: {exception.Message}")}");

    public void Dispose()
    {
    }
}
