using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Agent;
using Cascade.Agent.Serving;
using Cascade.CinderProxy;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Snapshots;
using Cascade.CinderProxy.Volumes.Watching;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CinderProxy.Tests.Support;

/// <summary>
/// A parent (Cinder's database in a file, Glance and Nova behind HTTP), a child behind HTTP, and the agent as it is composed between them, without a bus and without its
/// loops: a message is delivered to the contents page, a look of a watch is asked for. <see cref="RebornAsync"/> is a restart that remembers nothing.
/// </summary>
sealed class World : IAsyncDisposable
{
    public const string Server = "cproxy";
    public const string Host = "cproxy@child1";

    /// <summary>How long something held may take to come to its end.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Not less: each look puts the clock forward, and tokens live an hour.</summary>
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    readonly List<IHost> lives = [];
    readonly string file = Path.GetTempFileName();
    readonly TestLog lines = new();
    IHost life = null!;
    IRpcEndpoint endpoint = null!;

    World(ParentRows rows, FakeCloud child, FakeCloud above, ShiftedTime time) => (Rows, Child, Above, Api, Time) = (rows, child, above, new(rows, Host), time);

    public ParentRows Rows { get; }

    public FakeCloud Child { get; }

    /// <summary>The parent's Keystone, Glance and Nova.</summary>
    public FakeCloud Above { get; }

    public FakeCinderApi Api { get; }

    public KeptBus Bus { get; } = new();

    public FakeBacklog Backlog { get; } = new();

    /// <summary>Everybody's clock.</summary>
    public ShiftedTime Time { get; }

    /// <summary>Further lines of [cascade] and whatever sections follow, for the next life.</summary>
    public string Configuration { get; set; } = "";

    /// <param name="release">Of the parent's schema: <c>zed</c> or <c>2026.1</c>.</param>
    public static async Task<World> StartAsync(FakeCloudOptions? child = null, string release = "zed")
    {
        var time = new ShiftedTime();
        var options = (child ?? new()) with { Time = time };
        var world = new World(await ParentRows.MakeAsync(release), await FakeCloud.StartAsync(options), await FakeCloud.StartAsync(new() { Time = time }), time);
        await world.RebornAsync();
        return world;
    }

    /// <summary>A new life: nothing in memory survives, everything in the clouds does.</summary>
    public async Task RebornAsync()
    {
        life = Make();
        lives.Add(life);
        endpoint = CinderProxyTable.Page().On(life.Services);
        // The workers are made before anything is served.
        _ = (Of<VolumeWatching>(), Of<SnapshotWatching>());
        await Of<ServiceKeeper>().CheckSchemaAsync(default);
        await Of<ServiceKeeper>().RegisterAsync(default);
        await Of<IRecovery>().RecoverAsync(default);
    }

    public T Of<T>()
        where T : notnull => life.Services.GetRequiredService<T>();

    public bool Has(Type service) => life.Services.GetService(service) is not null;

    public IEnumerable<T> All<T>() => life.Services.GetServices<T>();

    /// <summary>Through the table, as JSON text as on the wire.</summary>
    /// <exception cref="Exception">What the handler throws: of a call the fault that its caller hears.</exception>
    public Task<JsonNode?> DeliverAsync(Order order, CancellationToken cancelled = default) => endpoint.ServeAsync(
        new(order.Method, JsonDocument.Parse(order.Arguments.ToJsonString()).RootElement, null, order.Version, order.Context), cancelled);

    /// <summary>Delivers, looks until the handler is through, and looks once more at what it has set going.</summary>
    public async Task<JsonNode?> DoAsync(Order order)
    {
        var answer = await ThroughAsync(DeliverAsync(order));
        await LookAsync();
        await LookAsync();
        return answer;
    }

    /// <summary>Looks until this has ended.</summary>
    public async Task<T> ThroughAsync<T>(Task<T> work)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return await work.WaitAsync(BetweenLooks);
            }
            catch (TimeoutException) when (!work.IsFaulted)
            {
                Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(Patience), "it does not come to an end");
                await LookAsync().WaitAsync(Patience);
            }
        }
    }

    /// <summary>One look of both watches, late enough for what is expected to be asked for by its id.</summary>
    public async Task LookAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(3));
        await Of<VolumeWatching>().LookAsync(default);
        await Of<SnapshotWatching>().LookAsync(default);
    }

    /// <summary>A full comparison.</summary>
    public Task AuditAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(601));
        return LookAsync();
    }

    /// <summary>What an earlier life left is taken up, with all patience.</summary>
    public async Task ResumeAsync()
    {
        for (var pass = 0; pass < 3; pass++)
        {
            await Of<Resumption>().PassAsync(default);
            Time.Advance(TimeSpan.FromSeconds(30));
        }

        await LookAsync();
        await LookAsync();
    }

    /// <summary>A volume of the tenant that is there in both clouds.</summary>
    /// <returns>The parent's id.</returns>
    public async Task<string> VolumeAsync(int size = 1, string type = FakeCinderApi.Gold, string content = "")
    {
        var order = Api.Create(size, type);
        await DoAsync(order);
        Assert.That(Status(order.Id), Is.EqualTo("available"));
        Child.Cinder.Write(Link(order.Id)!, content);
        return order.Id;
    }

    /// <summary>A snapshot that is there in both clouds.</summary>
    public async Task<string> SnapshotAsync(string volume)
    {
        var order = Api.Snapshot(volume);
        await DoAsync(order);
        Assert.That(SnapshotRow(order.Id)["status"], Is.EqualTo("available"));
        return order.Id;
    }

    public IReadOnlyDictionary<string, object?> VolumeRow(string id) => Rows.Row("volumes", id);

    public IReadOnlyDictionary<string, object?> SnapshotRow(string id) => Rows.Row("snapshots", id);

    /// <summary>Of the volume; <c>deleted</c> when its row is.</summary>
    public string? Status(string id) => (string?)VolumeRow(id)["status"];

    /// <summary>The child's volume by the parent's row.</summary>
    public string? Link(string id) => (string?)VolumeRow(id)["provider_id"];

    /// <summary>The child's volume as it is there.</summary>
    public FakeVolume There(string id) => Child.Cinder.Find(Link(id) ?? "") ?? throw new AssertionException($"volume {id} has nothing in the child");

    /// <summary>What the tenant is told of failures, as action and detail, in order.</summary>
    public IReadOnlyList<string?> Messages(string id) => Rows.Texts("SELECT action_id || ' ' || detail_id FROM messages WHERE resource_uuid=@p0 ORDER BY created_at", id);

    public IReadOnlyList<string?> Workers => Rows.Texts("SELECT resource_type || ' ' || status FROM workers ORDER BY id");

    /// <summary>Every line of the log with this id, in order.</summary>
    public IReadOnlyList<string> Said(int id) => lines.Of(id);

    public async ValueTask DisposeAsync()
    {
        foreach (var old in lives)
        {
            await ((IAsyncDisposable)old).DisposeAsync();
        }

        await Child.DisposeAsync();
        await Above.DisposeAsync();
        await Rows.DisposeAsync();
        File.Delete(file);
    }

    IHost Make()
    {
        File.WriteAllText(file, ConfigurationFile.Of(Server, "rabbit://guest:guest@127.0.0.1:1/", Rows.Url, Child, Above, Configuration));
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddAgent("cascade-cinder-proxy", ["--config-file", file]).AddCinderProxy();
        builder.Logging.AddProvider(lines);
        builder.Services.AddSingleton<IRpcCaller>(Bus);
        builder.Services.AddSingleton<IBacklog>(Backlog);
        builder.Services.AddSingleton(all => Hasty(all.GetRequiredService<Current<CinderProxyOptions>>().Value));
        return builder.Build();
    }

    /// <summary>A failure need not be waited for.</summary>
    static CinderProxyOptions Hasty(CinderProxyOptions read) => read with { Child = Hasty(read.Child), Glance = Hasty(read.Glance), Nova = Hasty(read.Nova) };

    static CloudOptions Hasty(CloudOptions read) => read with { Retry = new() { MaxRetries = 1, BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromSeconds(1) } };
}
