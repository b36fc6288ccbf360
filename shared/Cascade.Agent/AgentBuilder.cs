using System.Reflection;
using Cascade.Oslo.Config;
using Cascade.Oslo.Messaging.Rabbit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Cascade.Agent;

/// <summary>An agent before it runs: options are read as they are named, services are gathered, verbs and checks are added.</summary>
public sealed partial class AgentBuilder
{
    readonly HostApplicationBuilder _host;
    readonly IReadOnlyList<string> _args;
    readonly IReadOnlyList<ConfigPath> _paths;
    readonly AgentConfiguration _configuration;
    readonly AgentIdentity _identity;
    readonly OpsOptions _ops;
    readonly List<Verb> _verbs = [];
    readonly List<UpgradeCheck> _checks = [];

    internal AgentBuilder(HostApplicationBuilder host, string name, string[] args, string controlExchange)
    {
        _host = host;
        _args = args;
        _identity = new(name, Version(), TimeProvider.System.GetUtcNow());
        _paths = ConfigPaths.Of(args, _identity.ShortName);
        _configuration = new(() => OsloConfiguration.Read(_paths, commandLine: CommandLine.Overrides(args)));
        Log = Options(LogOptions.Read);
        Agent = Options(reader => AgentOptions.Read(reader, controlExchange));
        Rabbit = Options(reader => RabbitSection.Read(reader, AgentOptions.Read(reader, controlExchange), _identity.ShortName));
        Notifications = Options(NotificationSection.Read);
        _ops = Options(OpsOptions.Read);
        LogLevels.Check(_configuration.Reader, Log);
        AddServices();
    }

    public IServiceCollection Services => _host.Services;

    /// <summary>[DEFAULT] of the bus and of this service.</summary>
    public AgentOptions Agent { get; }

    /// <summary>[DEFAULT] of the log.</summary>
    public LogOptions Log { get; }

    /// <summary>The parent's bus: transport_url with its query, and [oslo_messaging_rabbit].</summary>
    public RabbitOptions Rabbit { get; }

    public NotificationSection Notifications { get; }

    internal OpsOptions Ops => _ops;

    /// <summary>Which agent this is.</summary>
    public AgentIdentity Identity => _identity;

    /// <summary>
    /// Reads a record of options. It is registered as itself (as it was at start) and as <see cref="Current{T}"/> (as it is after
    /// a SIGHUP). With faults it holds defaults: use it for composing, not for acting, until <see cref="RunAsync()"/> has
    /// let the agent start.
    /// </summary>
    public T Options<T>(Func<OptionReader, T> read)
        where T : class
    {
        var current = _configuration.Read(read);
        Services.AddSingleton(current);
        Services.AddSingleton(current.Value);
        return current.Value;
    }

    /// <summary>Adds a verb; the agent's services are built, but not started, when it runs.</summary>
    /// <exception cref="ArgumentException">The agent has it: only one of the two would get its arguments.</exception>
    public AgentBuilder AddVerb(string words, string help, Func<VerbContext, CancellationToken, Task<int>> run)
    {
        if (_verbs.Exists(verb => verb.Words == words))
        {
            throw new ArgumentException($"the agent has the verb \"{words}\" already", nameof(words));
        }

        _verbs.Add(new(words, help, run));
        return this;
    }

    /// <summary>Adds a question to <c>upgrade check</c>.</summary>
    public AgentBuilder AddUpgradeCheck(string name, Func<IServiceProvider, CancellationToken, Task<UpgradeCheckResult>> run)
    {
        _checks.Add(new(name, run));
        return this;
    }

    void AddServices()
    {
        _host.Configuration.Sources.Clear();
        ((IConfigurationBuilder)_host.Configuration).Add(new OsloConfigurationSource(_configuration.Reader.Values));
        Services.TryAddSingleton(TimeProvider.System);
        Services.AddSingleton(_identity);
        Services.AddSingleton(_configuration);
        Services.AddSingleton<Redaction>();
        Services.AddSingleton<AgentHealth>();
        Services.AddSingleton<IHealth>(services => services.GetRequiredService<AgentHealth>());
        Services.AddSingleton<StatusReading>();
        Services.AddSingleton<IStatusSource, PendingStatus>();
        Services.AddSingleton<IStatusSource, DriftStatus>();
        Services.AddSingleton<Report>();
        Services.AddSingleton<Hangup>();
        Services.AddSingleton<IEnvironment, ProcessEnvironment>();
        Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        _host.Logging.AddAgentLogging();
        AgentTelemetry.Add(Services, _identity, _ops);
        Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = Agent.GracefulShutdownTimeout;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        Services.AddHostedService<AgentGauges>();
        Services.AddHostedService<Signals>();
        Services.AddHostedService<Watchdog>();
        Services.AddHostedService<ReadyNotice>();
        if (_ops.Listen is not null)
        {
            Services.AddSingleton<OpsServer>();
            Services.AddHostedService(services => services.GetRequiredService<OpsServer>());
        }
    }

    static string Version() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
