using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Agent.Child;
using Cascade.Agent.Serving;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L2Proxy;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Notices;
using Cascade.L2Proxy.Parent;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.L2Proxy.Trunks;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Qos;
using Cascade.NeutronAgent.Server;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;
using Cascade.Support.Parent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace L2Proxy.Tests.Groups;

/// <summary>
/// The rooms of groups, policies and trunks between a parent's neutron-server and a child, both in memory: what the server tells goes through the notices and the
/// book of hints as in the agent.
/// </summary>
sealed class GroupsWorld : IAsyncDisposable
{
    public const string Host = "child-1";

    readonly CancellationTokenSource ending = new();
    readonly ServiceProvider services;
    readonly Cloud cloud;
    readonly HintBook hints = new(10_000);
    readonly Pushes pushes;
    readonly Task running;

    GroupsWorld(FakeCloud child, FakeNeutronServer? parent, FakeTimeProvider time)
    {
        Child = child;
        Time = time;
        pushes = new(hints);
        Parent = parent ?? new(Time);
        cloud = new(new()
        {
            Name = "child",
            AuthUrl = child.AuthUrl,
            Username = child.Keystone.Username,
            Password = child.Keystone.Password,
            ProjectName = child.Keystone.ProjectName,
            RegionName = "RegionOne",
            Retry = new() { MaxRetries = 0 },
        });
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new ChildCloud(cloud))
            .AddSingleton<INeutronServer>(new Server(new InProcessCaller(Parent)))
            .AddSingleton(new MirrorRules(Host))
            .AddSingleton<MirrorState>()
            .AddSingleton(new AgendaOptions())
            .AddSingleton<ParentView>()
            .AddSingleton<PortBook>()
            .AddSingleton<Agendas>()
            .AddGroups()
            .BuildServiceProvider();
        Of<Agendas>().Join(NotedPorts.Add, _ => { }, _ => { });
        Parent.Told += Hear;
        running = services.GetRequiredService<GroupAgendas>() is IWorker worker ? worker.RunAsync(ending.Token) : Task.CompletedTask;
    }

    public FakeCloud Child { get; }

    public FakeNeutron Neutron => Child.Neutron;

    public FakeNeutronServer Parent { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>Ports that somebody wanted to be looked at.</summary>
    public List<string> NotedPorts { get; } = [];

    public ISecurityGroups Groups => Of<ISecurityGroups>();

    public IQosPolicies Qos => Of<IQosPolicies>();

    public ITrunks Trunks => Of<ITrunks>();

    /// <summary>Our own project in the child.</summary>
    public string Ours => Child.Keystone.ProjectId;

    public static async Task<GroupsWorld> StartAsync(Action<FakeCloud>? child = null)
    {
        var fake = await FakeCloud.StartAsync();
        child?.Invoke(fake);
        var world = new GroupsWorld(fake, null, new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)));
        world.Of<MirrorState>().Complete(null);
        world.Qos.Compared();
        return world;
    }

    /// <summary>The agent dies; the next one finds both clouds as they are and knows nothing.</summary>
    public async Task<GroupsWorld> NextLifeAsync()
    {
        Parent.Told -= Hear;
        await EndAsync();
        return new(Child, Parent, Time);
    }

    public T Of<T>()
        where T : notnull => services.GetRequiredService<T>();

    public IEnumerable<T> All<T>()
        where T : notnull => services.GetServices<T>();

    public async Task<NeutronPort> PortAsync(string id) => (await Of<ParentView>().PortAsync(id, default))!;

    /// <summary>What a look at the port does for its groups.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnsureAsync(string portId) => await Groups.EnsureAsync(await PortAsync(portId), default);

    /// <summary>The comparison of everything, as far as it is ours.</summary>
    public async Task CompareAsync()
    {
        var here = (await Of<ParentView>().OnHostAsync(default)).ToList();
        await Groups.ReconcileAsync(here, default);
        await Qos.ReconcileAsync(default);
        Of<MirrorState>().Complete(null);
        Qos.Compared();
        await SettledAsync();
    }

    /// <summary>What was told is taken.</summary>
    public async Task HearAsync()
    {
        while (hints.Take() is { Hint: { } hint })
        {
            foreach (var noun in services.GetServices<IHints>())
            {
                await noun.TakeAsync(hint, default);
            }
        }
    }

    /// <summary>What was told is taken and done; what waits for its next try is left waiting.</summary>
    public async Task SettledAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        await HearAsync();
        while (!Of<GroupAgendas>().IsIdle)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Time passes until it is so.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            await SettledAsync();
            if (condition())
            {
                return;
            }

            patience.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
    }

    /// <summary>Ours, for this group of the parent.</summary>
    public JsonObject? ChildGroup(string parentId) => Neutron.SecurityGroups.SingleOrDefault(group => (string?)group["description"] == "cascade:" + parentId);

    public JsonObject? ChildList(string parentId) => Neutron.AddressGroups.SingleOrDefault(list => (string?)list["description"] == "cascade:" + parentId);

    /// <summary>Rules in words, in order: <c>ingress IPv4 tcp 22-22 group web</c>.</summary>
    public string[] Rules(string parentId) =>
        [.. Neutron.SecurityGroupRulesOf((string)ChildGroup(parentId)!["id"]!).Select(Said).Order(StringComparer.Ordinal)];

    public string[] Addresses(string parentId) => [.. ChildList(parentId)!["addresses"]!.AsArray().Select(address => (string)address!).Order(StringComparer.Ordinal)];

    /// <summary>Everything but questions that was asked of the child's Neutron since the last time.</summary>
    public string[] Words()
    {
        var said = Child.Requests.Skip(heard).Where(request => request.Service == "network" && request.Method != "GET").Select(request => $"{request.Method} {Kind(request.Path)}").ToArray();
        heard = Child.Requests.Count;
        return said;
    }

    public int Questions() => Child.Requests.Skip(heard).Count(request => request.Service == "network" && request.Method == "GET");

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Child.DisposeAsync();
    }

    int heard;

    async Task EndAsync()
    {
        await ending.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await services.DisposeAsync();
        cloud.Dispose();
        ending.Dispose();
    }

    string Said(JsonObject rule)
    {
        var remote = (string?)rule["remote_group_id"] is { } group ? "group " + NameOf(Neutron.SecurityGroups, group)
            : (string?)rule["remote_address_group_id"] is { } list ? "list " + NameOf(Neutron.AddressGroups, list)
            : (string?)rule["remote_ip_prefix"] ?? "anybody";
        return $"{rule["direction"]} {rule["ethertype"]} {rule["protocol"] ?? "any"} {rule["port_range_min"] ?? ""}-{rule["port_range_max"] ?? ""} {remote}";
    }

    static string NameOf(IReadOnlyList<JsonObject> all, string id) => (string)all.Single(one => (string)one["id"]! == id)["name"]!;

    static string Kind(string path) => string.Join('/', path.Split('/').SkipWhile(part => part is "" or "network" or "v2.0").Select(part => Guid.TryParse(part, out _) ? "*" : part));

    void Hear(FakeNotice notice)
    {
        var arguments = System.Text.Json.JsonDocument.Parse(notice.Arguments.ToJsonString()).RootElement;
        var told = notice.Method switch
        {
            "push" => pushes.HandleAsync(Read<Push>(arguments), RpcContext.Admin("req-1"), default),
            "security_groups_rule_updated" => new SecurityGroupNotices(hints).HandleAsync(Read<SecurityGroupsRuleUpdated>(arguments), RpcContext.Admin("req-1"), default),
            "security_groups_member_updated" => new SecurityGroupNotices(hints).HandleAsync(Read<SecurityGroupsMemberUpdated>(arguments), RpcContext.Admin("req-1"), default),
            _ => Task.FromResult<JsonNode?>(null),
        };
        Assert.That(told.IsCompletedSuccessfully, Is.True);
    }

    static T Read<T>(System.Text.Json.JsonElement arguments)
        where T : IRpcCall<T> => System.Text.Json.JsonSerializer.Deserialize(arguments, T.Wire)!;

    sealed class Server(InProcessCaller caller) : INeutronServer
    {
        public async Task<TReply> AskAsync<TReply>(Cascade.Contracts.Neutron.IPluginCall<TReply> call, CancellationToken cancelled, TimeSpan? timeout = null) => call.Read(await caller.CallAsync(
            new(call.SentTo, call.Method.Since, Namespace: call.Method.Namespace), call.Method.Method, call.Arguments(), RpcContext.Admin("req-2"), cancelled: cancelled));
    }
}
