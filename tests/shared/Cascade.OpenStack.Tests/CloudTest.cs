using System.Collections.Concurrent;
using Cascade.Support;
using Microsoft.Extensions.Logging;

namespace Cascade.OpenStack.Tests;

/// <summary>A fake cloud and a client of it, anew for every test.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class CloudTest
{
    private readonly List<Cloud> clients = [];

    protected static CancellationToken Now => TestContext.CurrentContext.CancellationToken;

    protected FakeCloud Fake { get; private set; } = null!;

    protected Cloud Cloud { get; private set; } = null!;

    protected Lines Log { get; } = new();

    protected virtual FakeCloudOptions Setup => new();

    /// <summary>Repeats come at once, so that no test waits.</summary>
    protected CloudOptions Options => OptionsFor(Fake);

    [SetUp]
    public async Task StartAsync()
    {
        Fake = await FakeCloud.StartAsync(Setup);
        Cloud = Client(Options);
    }

    [TearDown]
    public async Task StopAsync()
    {
        clients.ForEach(client => client.Dispose());
        await Fake.DisposeAsync();
    }

    protected static CloudOptions OptionsFor(FakeCloud fake) => new()
    {
        Name = "child",
        AuthUrl = fake.AuthUrl,
        Username = fake.Keystone.Username,
        Password = fake.Keystone.Password,
        ProjectName = fake.Keystone.ProjectName,
        RegionName = "RegionOne",
        Retry = new RetryOptions { MaxRetries = 3, BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromSeconds(1) },
    };

    protected Cloud Client(CloudOptions options, TimeProvider? time = null)
    {
        var client = new Cloud(options, Log, time);
        clients.Add(client);
        return client;
    }

    protected static async Task<CloudFault> FaultOfAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (CloudFault fault)
        {
            return fault;
        }

        throw new AssertionException("no fault came");
    }

    protected static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}

/// <summary>What was logged.</summary>
public sealed class Lines : ILogger<Cloud>
{
    private readonly ConcurrentQueue<(EventId Id, string Text)> lines = new();

    public IReadOnlyList<(EventId Id, string Text)> All => [.. lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((eventId, formatter(state, exception) + exception));
}
