using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Mirror.Reaping;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Consoles;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Networks.Interfaces;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.NovaProxy.Volumes.Attaching;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;
using Cascade.Support.Parent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>
/// A parent (conductor in memory, Glance and placement behind HTTP), a child behind HTTP, and our half between them without a bus: a message is delivered by
/// calling its handler, a look of the watch by asking for one. <see cref="Reborn"/> is a restart that remembers nothing.
/// </summary>
sealed class World : IAsyncDisposable
{
    public const string Host = "cell-a";
    public const string Project = "p1000000000000000000000000000000";

    readonly List<ServiceProvider> lives = [];
    readonly TestLog lines = new();
    ServiceProvider life = null!;

    public FakeCloud Child { get; private init; } = null!;

    public FakeCloud Above { get; private init; } = null!;

    public FakeConductor Conductor { get; } = new(TimeProvider.System) { ConductorVersion = 64 };

    public FakeRpcServer Server { get; } = new();

    /// <summary>What came with the tenant's requests.</summary>
    public string TenantToken { get; private init; } = "";

    /// <summary>Our half's clock; the clouds have their own.</summary>
    public TimeProvider Time { get; private set; } = TimeProvider.System;

    public NetworksOptions Networking { get; set; } = new();

    public NovaProxy.Servers.Groups.GroupOptions Grouping { get; set; } = new();

    public NovaProxy.Zones.ZoneOptions Zoning { get; set; } = new();

    public NovaProxy.Servers.Resize.ResizeOptions Resizing { get; set; } = new();

    public NovaProxy.Servers.Shelve.ShelveOptions Shelving { get; set; } = new();

    public ConsoleOptions Consoles { get; set; } = new();

    public NovaProxy.Servers.Delete.ReclaimOptions Reclaim { get; set; } = new() { Interval = TimeSpan.FromHours(1) };

    public NovaProxy.Volumes.VolumesOptions Volumes { get; set; } = new();

    public InProcessCaller Caller { get; private set; } = null!;

    /// <summary>The parent's image that everything boots from.</summary>
    public FakeImage Image { get; private init; } = null!;

    public FakeProvider Provider { get; private init; } = null!;

    public static async Task<World> StartAsync(FakeCloudOptions? child = null, TimeProvider? time = null)
    {
        var above = await FakeCloud.StartAsync();
        var world = new World
        {
            Child = await FakeCloud.StartAsync(child),
            Above = above,
            TenantToken = above.Keystone.Issue("u1", Project, "member").Value,
            Time = time ?? TimeProvider.System,
            Image = above.Glance.Add("tiny", [1, 2, 3, 4, 5]),
            Provider = above.Placement.Add(Host, ("VCPU", 64), ("MEMORY_MB", 65536), ("DISK_GB", 1000)),
        };
        world.Caller = new(world.Conductor);
        await world.RebornAsync();
        return world;
    }

    /// <summary>A new life: nothing in memory survives, everything in the clouds does.</summary>
    public async Task RebornAsync()
    {
        life = Make();
        lives.Add(life);
        // The workers are made before anything is served.
        _ = Of<ServerWatching>();
        await life.GetRequiredService<ParentRelease>().RefreshAsync(default);
        await life.GetRequiredService<IRecovery>().RecoverAsync(default);
    }

    /// <summary>A new life on a clock that can be put forward.</summary>
    public async Task<ShiftedTime> RebornLaterAsync()
    {
        var shifted = new ShiftedTime();
        Time = shifted;
        await RebornAsync();
        return shifted;
    }

    public T Of<T>()
        where T : notnull => life.GetRequiredService<T>();

    public Task LookAsync() => Of<ServerWatching>().LookAsync(default);

    /// <summary>Everything that was on its way to the parent has arrived, or never will.</summary>
    public Task CarriedAsync() => Of<Cascade.Images.Deliveries>().IdleAsync();

    public Task ResumeAsync() => Of<Resumption>().PassAsync(default);

    public Reaper<Server> Reaper(TimeSpan grace) => new("servers", Of<ServerReaper>(), grace, TimeProvider.System, Of<ILogger<World>>());

    public Task<JsonNode?> DeliverAsync<T>(T call, RpcContext context, CancellationToken cancelled = default)
        where T : IRpcCall<T> =>
        ((IHandle<T>)(call switch
        {
            BuildAndRunInstance => Of<NovaProxy.Servers.Build.BuildServer>(),
            TerminateInstance => Of<NovaProxy.Servers.Delete.TerminateServer>(),
            StartInstance or StopInstance or PauseInstance or UnpauseInstance or SuspendInstance or ResumeInstance or SoftDeleteInstance or RestoreInstance =>
                Of<NovaProxy.Servers.Power.PowerOrders>(),
            TriggerCrashDump => Of<NovaProxy.Servers.Power.CrashDumpServer>(),
            SetAdminPassword => Of<NovaProxy.Servers.Guests.PasswordServer>(),
            GetDiagnostics or GetInstanceDiagnostics => Of<NovaProxy.Servers.Guests.Diagnostics>(),
            GetVncConsole or GetSpiceConsole or GetSerialConsole or GetMksConsole or ValidateConsolePort => Of<RemoteConsoles>(),
            RebootInstance => Of<NovaProxy.Servers.Power.RebootServer>(),
            PrepResize => Of<NovaProxy.Servers.Resize.ResizeServer>(),
            ConfirmResize => Of<NovaProxy.Servers.Resize.ConfirmServer>(),
            RevertResize => Of<NovaProxy.Servers.Resize.RevertServer>(),
            GetConsoleOutput => Of<ConsoleLog>(),
            SnapshotInstance or BackupInstance => Of<NovaProxy.Servers.Snapshots.SnapshotServer>(),
            RebuildInstance => Of<NovaProxy.Servers.Rebuild.RebuildServer>(),
            RescueInstance or UnrescueInstance => Of<NovaProxy.Servers.Rescue.RescueServer>(),
            ShelveInstance => Of<NovaProxy.Servers.Shelve.ShelveServer>(),
            ShelveOffloadInstance => Of<NovaProxy.Servers.Shelve.OffloadServer>(),
            UnshelveInstance => Of<NovaProxy.Servers.Shelve.UnshelveServer>(),
            ExternalInstanceEvent => Of<ExternalEvents>(),
            AttachInterface => Of<AttachInterfaceHandler>(),
            DetachInterface => Of<DetachInterfaceHandler>(),
            ReserveBlockDeviceName => Of<ReserveDeviceNameHandler>(),
            AttachVolume => Of<AttachVolumeHandler>(),
            DetachVolume => Of<DetachVolumeHandler>(),
            SwapVolume => Of<SwapVolumeHandler>(),
            RemoveVolumeConnection => Of<RemoveConnectionHandler>(),
            AddFixedIpToInstance or RemoveFixedIpFromInstance => (object)Of<FixedIps>(),
            _ => throw new ArgumentException(typeof(T).Name, nameof(call)),
        })).HandleAsync(call, context, cancelled);

    /// <summary>Every line of the log with this id, in order.</summary>
    public IReadOnlyList<string> Said(int id) => lines.Of(id);

    public JsonObject Row(string uuid) => Conductor.Instance(uuid) ?? throw new AssertionException($"no instance {uuid}");

    /// <summary><c>vm_state/task_state/power_state</c>, and <c>deleted</c> for a row that is.</summary>
    public string State(string uuid)
    {
        var row = Row(uuid);
        return row["deleted"]?.GetValueKind() is System.Text.Json.JsonValueKind.True ? "deleted" : $"{row["vm_state"]}/{row["task_state"]?.ToString() ?? "-"}/{row["power_state"]}";
    }

    /// <summary>Every save of the instance: what was written, in order, with what was expected.</summary>
    public IReadOnlyList<string> Saves(string uuid) =>
    [
        .. Conductor.Calls.Where(call => call.ObjectMethod == "Instance.save").Select(call => Saved(call, uuid)).OfType<string>(),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var old in lives)
        {
            await old.DisposeAsync();
        }

        await Child.DisposeAsync();
        await Above.DisposeAsync();
    }

    static string? Saved(FakeConductorCall call, string uuid)
    {
        var saved = Oslo.Wire.Objects.VersionedObject.Read(call.Arguments["objinst"]);
        if (saved.Text("uuid") != uuid)
        {
            return null;
        }

        var changes = saved.Changes.Where(field => field is not "launched_at" and not "terminated_at").Select(field => field is "system_metadata" or "migration_context" ? field : $"{field}={Shown(saved.Data[field])}");
        var expected = call.Arguments["kwargs"]!["expected_task_state"];
        return $"{string.Join(' ', changes)}{(expected is null ? "" : $" ({expected.ToJsonString()})")}";
    }

    /// <summary>A flavor by its name, anything else as it is.</summary>
    static string Shown(JsonNode? value) => value is JsonObject { } whole && whole["nova_object.name"]?.ToString() == "Flavor"
        ? whole["nova_object.data"]!["name"]!.ToString()
        : value?.ToString() ?? "null";

    /// <summary>The compute node was there before us, and the scheduler allocates from its provider.</summary>
    HostIdentity Identity()
    {
        var identity = new HostIdentity(Host);
        identity.Adopt(1, Guid.Parse(Provider.Uuid));
        return identity;
    }

    ServiceProvider Make()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(lines));
        services.AddSingleton(Time);
        services.AddSingleton(Networking);
        services.AddSingleton(Shelving);
        services.AddSingleton(Consoles);
        services.AddSingleton(Reclaim);
        services.AddSingleton(Volumes);
        services.AddSingleton<IRpcCaller>(Caller);
        services.AddSingleton<IRpcServer>(Server);
        services.AddSingleton<IBacklog>(Server);
        services.AddSingleton(Identity());
        services.AddSingleton(new HostAddress("192.0.2.10"));
        services.AddSingleton(Resizing);
        services.AddSingleton(Grouping);
        services.AddSingleton(Zoning);
        services.AddSingleton(Options());
        services.AddSingleton(new ChildOptions { ProbeInterval = TimeSpan.FromMilliseconds(200), AwayAfter = TimeSpan.FromSeconds(1), ProbeLimit = TimeSpan.FromSeconds(5) });
        services.AddSingleton(all => new Cloud(CloudOf(Child, "child"), all.GetRequiredService<ILogger<Cloud>>()));
        services.AddSingleton(_ => new ParentClouds(new(CloudOf(Above, "placement")), new(CloudOf(Above, "glance")), new(CloudOf(Above, "neutron")), new(CloudOf(Above, "cinder"))));
        foreach (var type in new[] { typeof(ParentRelease), typeof(Instances), typeof(ActionEvents), typeof(InstanceFaults), typeof(InstanceBoundary), typeof(ConsoleAuths), typeof(Bdms), typeof(ComputeTask) })
        {
            services.AddSingleton(type);
        }

        services.AddSingleton<IConductor, Conductor>();
        services.AddSingleton<IAllocations, Allocations>();
        return services.AddServers().AddNetworks().AddConsoles().BuildServiceProvider();
    }

    NovaProxyOptions Options() => new(
        CloudOf(Child, "child"),
        CloudOf(Above, "placement"),
        CloudOf(Above, "glance"),
        CloudOf(Above, "neutron"),
        CloudOf(Above, "cinder"),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        WatchInterval: TimeSpan.FromSeconds(10),
        AuditInterval: TimeSpan.FromMinutes(10),
        ReaperGrace: TimeSpan.FromMinutes(10),
        BuildTimeout: TimeSpan.FromMinutes(30));

    static CloudOptions CloudOf(FakeCloud fake, string name) => new()
    {
        Name = name,
        AuthUrl = fake.AuthUrl,
        Username = fake.Keystone.Username,
        Password = fake.Keystone.Password,
        ProjectName = fake.Keystone.ProjectName,
        RegionName = "RegionOne",
        Retry = new RetryOptions { MaxRetries = 1, BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromSeconds(1) },
    };
}

/// <summary>What the gate turns.</summary>
sealed class FakeRpcServer : IRpcServer, IBacklog
{
    public List<string> Turns { get; } = [];

    /// <summary>Set, messages wait at the broker.</summary>
    public bool IsLeft { get; set; }

    public Task<bool> AnyAsync(CancellationToken cancelled) => Task.FromResult(IsLeft);

    public Task ParkAsync(string reason, CancellationToken cancelled)
    {
        lock (Turns)
        {
            Turns.Add("park");
        }

        return Task.CompletedTask;
    }

    public Task ResumeAsync(CancellationToken cancelled)
    {
        lock (Turns)
        {
            Turns.Add("resume");
        }

        return Task.CompletedTask;
    }
}

/// <summary>The log of a test in its output.</summary>
sealed class TestLog : ILoggerProvider, ILogger
{
    readonly TextWriter to = TestContext.Out;
    readonly List<(int Id, string Text)> lines = [];

    public IReadOnlyList<string> Of(int id)
    {
        lock (lines)
        {
            return [.. lines.Where(line => line.Id == id).Select(line => line.Text)];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add((eventId.Id, formatter(state, exception)));
        }

        to.WriteLine($"{logLevel} {eventId.Id} {formatter(state, exception)}{(exception is null ? "" : $" | {exception.GetType().Name}: {exception.Message}")}");
    }

    public void Dispose()
    {
    }
}
