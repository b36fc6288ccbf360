using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Agent.Child;
using Cascade.Agent.Serving;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.L3;
using Cascade.Contracts.Neutron.Notices;
using Cascade.L3Proxy.Comparing;
using Cascade.L3Proxy.Notices;
using Cascade.L3Proxy.Routers;
using Cascade.L3Proxy.Watching;
using Cascade.Mirror.Reaping;
using Cascade.NeutronAgent;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.OpenStack.Network;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;
using Cascade.Support.Parent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>
/// A parent with a network inside and one outside, a child behind HTTP that has both, and our routers between them without a bus: what the server says becomes hints at
/// once. What L2-Proxy does in the child is done by hand. <see cref="RebornAsync"/> is a restart that remembers nothing.
/// </summary>
sealed class World : IAsyncDisposable
{
    public const string Here = "cloud-a";
    public const string There = "cloud-b";

    readonly List<Life> lives = [];
    readonly List<string> trespasses = [];
    readonly HashSet<string> ours = new(StringComparer.Ordinal);
    Life life = null!;

    public FakeCloud Child { get; private init; } = null!;

    public FakeNeutronServer Parent { get; } = new(TimeProvider.System);

    /// <summary>What is said is told to nobody.</summary>
    public bool Silent { get; set; }

    /// <summary>How often each notice comes.</summary>
    public int Times { get; set; } = 1;

    public string Mode { get; private init; } = "legacy";

    public ChildThere Health { get; } = new();

    /// <summary>The parent's external network → the child's.</summary>
    public Dictionary<string, string> External { get; } = new(StringComparer.Ordinal);

    /// <summary>Before a new try of what the child refused.</summary>
    public TimeSpan Refused { get; set; } = TimeSpan.FromMilliseconds(300);

    public string Project => Child.Keystone.ProjectId;

    /// <summary>The parent's network inside, and its subnet.</summary>
    public string Inside { get; private set; } = "";

    public string Subnet { get; private set; } = "";

    /// <summary>The parent's network outside.</summary>
    public string Outside { get; private set; } = "";

    /// <summary>The child's.</summary>
    public string ChildOutside { get; private set; } = "";

    /// <summary>Routers that were asked for although they are not this host's: what is asked for is bound to it. Distributed ones are many hosts'.</summary>
    public IReadOnlyList<string> Trespasses
    {
        get
        {
            lock (trespasses)
            {
                return [.. trespasses];
            }
        }
    }

    public static async Task<World> StartAsync(string mode = "legacy", bool begin = true)
    {
        var world = new World { Child = await FakeCloud.StartAsync(), Mode = mode };
        world.Parent.AddL3Agent(Here, mode);
        world.Parent.AddL3Agent(There, mode);
        world.Parent.Before = world.Watch;
        world.Parent.Told += world.Hear;
        (world.Outside, world.ChildOutside) = world.AddOutside("203.0.113.0/24");
        (world.Inside, world.Subnet) = world.AddInside("10.10.0.0/24");
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

    public Task ResyncAsync() => Of<IResync>().ResyncAsync("a test", default);

    /// <summary>Everything is compared, and what differs is done.</summary>
    public async Task CompareAsync()
    {
        await ResyncAsync();
        await SettleAsync();
    }

    public async Task WatchAsync()
    {
        await Of<NotUpWatch>().LookAsync(default);
        await SettleAsync();
    }

    /// <summary>What <c>mirror list</c> says, asked by a process that does nothing else.</summary>
    public async Task<(IReadOnlyList<Agent.Verbs.MirrorRow> Routers, IReadOnlyList<Agent.Verbs.MirrorRow> FloatingIps)> ListAsync()
    {
        await using var services = Life.Make(this);
        var sources = services.GetServices<Agent.Verbs.IMirrorSource>().ToList();
        return (await sources.OfType<RouterList>().Single().ReadAsync(default), await sources.OfType<FloatingIpList>().Single().ReadAsync(default));
    }

    /// <summary>Two passes without a grace time.</summary>
    public async Task ReapAsync()
    {
        var reaper = new Reaper<Router>("routers", Of<RouterReaper>(), TimeSpan.Zero, TimeProvider.System, Of<ILogger<Reaping>>());
        await reaper.PassAsync(default);
        await reaper.PassAsync(default);
    }

    /// <summary>Ends when nothing is noted and nothing is under way.</summary>
    public Task SettleAsync(TimeSpan? patience = null) => UntilAsync(() => Of<HintBook>().Count == 0 && !life.IsPumping && Of<RouterAgendas>().IsIdle, patience);

    public static async Task UntilAsync(Func<bool> condition, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>An external network of both clouds, one segment.</summary>
    public (string Parent, string Child) AddOutside(string cidr, bool declared = true, Action<JsonObject>? edit = null)
    {
        var network = Parent.AddNetwork("outside", of => of["router:external"] = true);
        Parent.AddSubnet(network, cidr, edit);
        var seen = (string)Child.Neutron.Make("networks", "operator", new() { ["name"] = "public", ["router:external"] = true })["id"]!;
        Child.Neutron.Make("subnets", "operator", new() { ["network_id"] = seen, ["cidr"] = cidr, ["ip_version"] = 4, ["enable_dhcp"] = false });
        if (declared)
        {
            External[network] = seen;
        }

        return (network, seen);
    }

    /// <summary>A network of a tenant's with one subnet, which L2-Proxy has made in the child.</summary>
    public (string Network, string Subnet) AddInside(string cidr, bool mirrored = true)
    {
        var network = Parent.AddNetwork("inside");
        var subnet = Parent.AddSubnet(network, cidr);
        if (mirrored)
        {
            Mirror(network, (subnet, cidr));
        }

        return (network, subnet);
    }

    /// <summary>What L2-Proxy does.</summary>
    public void Mirror(string network, params (string Id, string Cidr)[] subnets)
    {
        var seen = (string)Child.Neutron.Make("networks", Project, new() { ["name"] = "inside", ["description"] = $"cascade:{network}" })["id"]!;
        foreach (var (id, cidr) in subnets)
        {
            MirrorSubnet(seen, id, cidr);
        }
    }

    public void MirrorSubnet(string childNetwork, string id, string cidr) => Child.Neutron.Make("subnets", Project, new()
    {
        ["network_id"] = childNetwork, ["cidr"] = cidr, ["ip_version"] = cidr.Contains(':', StringComparison.Ordinal) ? 6 : 4, ["description"] = $"cascade:{id}", ["enable_dhcp"] = false,
    });

    public string ChildNetwork(string network) => (string)Child.Neutron.Networks.Single(seen => (string?)seen["description"] == $"cascade:{network}")["id"]!;

    public string ChildSubnet(string subnet) => (string)Child.Neutron.Subnets.Single(seen => (string?)seen["description"] == $"cascade:{subnet}")["id"]!;

    /// <summary>A server's port, of this host unless said otherwise, which L2-Proxy has made in the child when it is.</summary>
    public string AddServer(string? network = null, string host = Here, bool mirrored = true, Action<JsonObject>? edit = null)
    {
        var port = Parent.AddPort(network ?? Inside, host, edit);
        if (mirrored && host == Here)
        {
            Plug(port);
        }

        return port;
    }

    /// <summary>L2-Proxy makes the port in the child.</summary>
    /// <returns>The child's.</returns>
    public string Plug(string port)
    {
        var shown = Parent.Port(port)!;
        return (string)Child.Neutron.Make("ports", "tenant", new()
        {
            ["network_id"] = ChildNetwork((string)shown["network_id"]!),
            ["mac_address"] = (string?)shown["mac_address"],
            ["description"] = $"cascade:{port}",
            ["device_owner"] = "compute:nova",
            ["device_id"] = Guid.NewGuid().ToString(),
            ["fixed_ips"] = new JsonArray([.. shown["fixed_ips"]!.AsArray().Select(ip => new JsonObject { ["subnet_id"] = ChildSubnet((string)ip!["subnet_id"]!), ["ip_address"] = (string?)ip["ip_address"] })]),
        })["id"]!;
    }

    /// <summary>A router with gateway and interface, hosted here and mirrored.</summary>
    public async Task<string> RouterAsync(bool gateway = true, bool inside = true)
    {
        var router = Parent.AddRouter();
        Parent.MoveRouter(router, Here);
        if (gateway)
        {
            Parent.SetGateway(router, Outside);
        }

        if (inside)
        {
            Parent.AddInterface(router, Subnet);
        }

        await SettleAsync();
        return router;
    }

    /// <summary>A router with a server behind a floating IP, all of it up.</summary>
    public async Task<(string Router, string Server, string FloatingIp)> ServedAsync()
    {
        var router = await RouterAsync();
        var server = AddServer();
        var ip = Parent.AddFloatingIp(Outside, server);
        await UntilAsync(() => StatusOf(ip) == "ACTIVE");
        await SettleAsync();
        return (router, server, ip);
    }

    public JsonObject? ChildRouter(string router) => Child.Neutron.Routers.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{router}" && (string?)seen["project_id"] == Project);

    public JsonObject? ChildPort(string port) => Child.Neutron.Ports.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{port}");

    public JsonObject? ChildFloatingIp(string ip) => Child.Neutron.FloatingIps.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{ip}" && (string?)seen["project_id"] == Project);

    /// <summary>A QoS policy of the parent that limits what goes out.</summary>
    public string Limit(int kbps) => Parent.AddQosPolicy(policy => policy["rules"] = new JsonArray(LimitOf(kbps)));

    public static JsonObject LimitOf(int kbps) => new() { ["id"] = Guid.NewGuid().ToString(), ["type"] = "bandwidth_limit", ["max_kbps"] = kbps, ["max_burst_kbps"] = 0, ["direction"] = "egress" };

    /// <summary>What stands for it in the child.</summary>
    public JsonObject? ChildPolicy(string policy) => Child.Neutron.QosPolicies.SingleOrDefault(seen => (string?)seen["description"] == $"cascade:{policy} (routers)");

    /// <summary>The child's ports of a router of the parent's.</summary>
    public IReadOnlyList<JsonObject> ChildPortsOf(string router) => ChildRouter(router) is { } seen ? [.. Child.Neutron.Ports.Where(port => (string?)port["device_id"] == (string?)seen["id"])] : [];

    public IReadOnlyList<JsonObject> ChildInterfaces(string router) => [.. ChildPortsOf(router).Where(port => (string?)port["device_owner"] == "network:router_interface")];

    /// <summary>The addresses with which the child's router gets out.</summary>
    public IReadOnlyList<string> ChildGateway(string router) =>
        [.. (ChildRouter(router)?["external_gateway_info"]?["external_fixed_ips"]?.AsArray() ?? []).Select(ip => (string)ip!["ip_address"]!)];

    public static IReadOnlyList<string> Addresses(JsonObject? port) => [.. (port?["fixed_ips"]?.AsArray() ?? []).Select(ip => (string)ip!["ip_address"]!)];

    /// <summary>The parent's status of a floating IP.</summary>
    public string? StatusOf(string floatingIp) => (string?)Parent.FloatingIp(floatingIp)?["status"];

    public string? PortStatus(string port) => (string?)Parent.Port(port)?["status"];

    public string Trouble(string router) => Of<RouterAgendas>().Routers.TroubleOf(router) ?? "";

    /// <summary>Requests to Neutron that change something.</summary>
    public IReadOnlyList<FakeRequest> Writes => [.. Child.Requests.Where(request => request.Service == "network" && request.Method != "GET")];

    /// <summary>Said to this agent, whatever the server knows.</summary>
    public void Tell(FakeNotice notice) => Hear(notice);

    public async ValueTask DisposeAsync()
    {
        foreach (var one in lives)
        {
            await one.EndAsync();
        }

        await Child.DisposeAsync();
    }

    /// <summary>What the child holds for a router, in one text: to be held beside what it is after something went wrong.</summary>
    public string Picture(string router)
    {
        var seen = ChildRouter(router);
        var lines = new List<string>
        {
            $"router {seen?["name"]} {seen?["admin_state_up"]} routes {seen?["routes"]?.ToJsonString()} helpers {seen?["conntrack_helpers"]?.ToJsonString()} out {string.Join(' ', ChildGateway(router))} snat {seen?["external_gateway_info"]?["enable_snat"]} limit {PolicyOf(seen?["external_gateway_info"])} answers {seen?["enable_ndp_proxy"]}",
        };
        lines.AddRange(Child.Neutron.NdpProxies.Where(proxy => (string?)proxy["router_id"] == (string?)seen?["id"]).Select(proxy => $"answers for {proxy["ip_address"]} of {proxy["port_id"]}").Order(StringComparer.Ordinal));
        lines.AddRange(ChildPortsOf(router).Select(port => $"port {port["device_owner"]} {((string?)port["device_owner"] == "network:router_gateway" ? "" : port["mac_address"])} {string.Join(' ', Addresses(port))} {port["description"]}").Order(StringComparer.Ordinal));
        lines.AddRange(Child.Neutron.FloatingIps.Where(ip => (string?)ip["router_id"] == (string?)seen?["id"] && seen is not null)
            .Select(ip => $"floating ip {ip["floating_ip_address"]} {ip["fixed_ip_address"]} {ip["description"]} {PolicyOf(ip)} {string.Join(' ', Child.Neutron.PortForwardingsOf((string)ip["id"]!).Select(one => $"{one["protocol"]} {one["external_port_range"]} {one["internal_port_range"]}").Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal));
        return string.Join('\n', lines);
    }

    string? PolicyOf(JsonNode? of) => Child.Neutron.QosPolicies.Where(policy => (string?)policy["id"] == (string?)of?["qos_policy_id"]).Select(policy => $"{policy["description"]} {policy["rules"]!.AsArray().Count}").SingleOrDefault();

    void Watch(FakeNeutronCall call)
    {
        if ((string?)call.Arguments["host"] != Here)
        {
            return;
        }

        lock (trespasses)
        {
            if (call.Method == "get_router_ids")
            {
                ours.RemoveWhere(id => Parent.HostOf(id) != Here);
            }
            else if (call.Method == "sync_routers")
            {
                trespasses.AddRange(call.Texts("router_ids").Where(id => !ours.Contains(id) && Parent.HostOf(id) != Here && (bool?)Parent.Router(id)?["distributed"] is false));
            }
        }
    }

    void Hear(FakeNotice notice)
    {
        if (Silent || (notice.Host is not null && notice.Host != Here))
        {
            return;
        }

        Note(notice);
        for (var time = 0; time < Times && life is not null; time++)
        {
            life.Hear(notice);
        }
    }

    void Note(FakeNotice notice)
    {
        lock (trespasses)
        {
            switch (notice.Method)
            {
                case "routers_updated":
                    ours.UnionWith(notice.Arguments["routers"]!.AsArray().Select(id => (string)id!));
                    break;
                case "router_added_to_agent":
                    ours.UnionWith(notice.Arguments["payload"]!.AsArray().Select(id => (string)id!));
                    break;
                case "router_removed_from_agent":
                    ours.Remove((string)notice.Arguments["payload"]!["router_id"]!);
                    break;
                case "router_deleted":
                    ours.Remove((string)notice.Arguments["router_id"]!);
                    break;
            }
        }
    }

    sealed class Life
    {
        readonly CancellationTokenSource ending = new();
        readonly Task working;
        volatile bool ended;
        volatile bool pumping;

        public Life(World world)
        {
            Services = Make(world);
            IWorker agendas = Services.GetRequiredService<RouterAgendas>();
            working = Task.WhenAll(agendas.RunAsync(ending.Token), PumpAsync(Services.GetRequiredService<HintBook>()));
        }

        public bool IsPumping => pumping;

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
            var notices = new RouterNotices(book);
            var context = RpcContext.Admin("req-test");
            _ = notice.Method switch
            {
                "routers_updated" => notices.HandleAsync(Read<RoutersUpdated>(notice), context, default),
                "router_added_to_agent" => notices.HandleAsync(Read<RouterAddedToAgent>(notice), context, default),
                "router_deleted" => notices.HandleAsync(Read<RouterDeleted>(notice), context, default),
                "router_removed_from_agent" => notices.HandleAsync(Read<RouterRemovedFromAgent>(notice), context, default),
                "agent_updated" => notices.HandleAsync(Read<AgentUpdated>(notice), context, default),
                "push" => new RouterPushes(book).HandleAsync(Read<Push>(notice), context, default),
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
                    if (taken.Resync is { } why)
                    {
                        await Services.GetRequiredService<IResync>().ResyncAsync(why, ending.Token);
                        continue;
                    }

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
            services.AddSingleton<IChildHealth>(world.Health);
            services.AddSingleton(new HintBook(10_000));
            services.AddSingleton(AgentOf(Here));
            services.AddSingleton(new L3ProxyOptions(world.Mode, "nova", HandleInternalOnlyRouters: true, world.External));
            services.AddSingleton(new NeutronAgentOptions(CloudOf(world.Child), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(1800), 10_000));
            services.AddSingleton(new AgendaOptions { First = TimeSpan.FromMilliseconds(50), Longest = TimeSpan.FromMilliseconds(200), Refused = world.Refused });
            return services.AddRouters().BuildServiceProvider();
        }
    }

    static AgentOptions AgentOf(string host) => new(
        host, "127.0.0.1", null, "neutron", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1800), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), 64, TimeSpan.FromSeconds(12));

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
        call.Read(await caller.CallAsync(new(call.SentTo, call.Method.Since, Namespace: call.Method.Namespace), call.Method.Method, call.Arguments(), RpcContext.Admin("req-agent"), cancelled: cancelled));
}

/// <summary>A child that answers or not as the test says.</summary>
sealed class ChildThere : IChildHealth
{
    public bool Answers { get; private set; } = true;

    public string? Reason => Answers ? null : "the test says so";

    public event EventHandler? Changed;

    public void Turn(bool answers)
    {
        Answers = answers;
        Changed?.Invoke(this, EventArgs.Empty);
    }
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
