using Cascade.Agent;
using Cascade.Agent.Child;
using Cascade.L2Proxy;
using Cascade.L2Proxy.Parent;
using Cascade.NeutronAgent;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Server;
using Cascade.Oslo.Config;
using Cascade.Support.Parent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace L2Proxy.Tests.Parent;

/// <summary>The parent's half of the agent before a server in memory.</summary>
sealed class ParentWorld : IAsyncDisposable
{
    readonly StringWriter said = new();
    readonly ILoggerFactory loggers;

    public ParentWorld(string more = "")
    {
        loggers = LoggerFactory.Create(logging => logging.AddProvider(new Said(said)));
        Options = Read(more);
        Parent = new(Time);
        Caller = new(Parent);
        Server = new NeutronServer(Caller, new Current<AgentOptions>(Agent), Time, loggers.CreateLogger<NeutronServer>());
        Pump = new(Book, Nouns, [], Child, Time, loggers.CreateLogger<HintPump>());
        var options = NeutronAgentOptions.Read(Reader(more));
        var state = new OvsState(Agent, options, new(Options), new("cascade-l2-proxy", "1.0", Time.GetUtcNow()), []);
        Reports = new(Server, state, Agent, new(options), Book, Pump, Time, loggers.CreateLogger<StateReports>());
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public AgentOptions Agent { get; } = new(
        "child-1", "127.0.0.1", null, "neutron", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1800), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), 64, TimeSpan.FromSeconds(12));

    public L2ProxyOptions Options { get; }

    public FakeNeutronServer Parent { get; }

    public InProcessCaller Caller { get; }

    public INeutronServer Server { get; }

    public HintBook Book { get; } = new(100);

    public List<IHints> Nouns { get; } = [];

    public HintPump Pump { get; }

    public StateReports Reports { get; }

    public ChildThere Child { get; } = new();

    public string Log
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public static L2ProxyOptions Read(string more) => L2ProxyOptions.Read(Reader(more));

    public static OptionReader Reader(string more)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $"[child]\nauth_url = http://127.0.0.1:5000/v3\nusername = u\npassword = p\nproject_name = service\nuser_domain_name = Default\nproject_domain_name = Default\n{more}\n");
        try
        {
            return new(OsloConfiguration.Read([ConfigPath.File(file)], environment: []));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public ValueTask DisposeAsync()
    {
        loggers.Dispose();
        return ValueTask.CompletedTask;
    }

    sealed class Said(StringWriter into) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (into)
            {
                into.WriteLine(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
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
