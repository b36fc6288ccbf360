using System.Threading.Channels;
using Cascade.Agent.Events;
using Cascade.Oslo.Config;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cascade.Agent.Tests.Events;

/// <summary>The agents' own bus on a real broker, and without one.</summary>
sealed class EventsTests
{
    Broker broker = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [Test]
    public async Task What_one_agent_tells_every_other_hears_and_nothing_of_it_stays_in_the_broker()
    {
        var bus = await BusAsync();
        await using (var one = await Peer.StartAsync("l2-proxy.child-1", bus))
        await using (var other = await Peer.StartAsync("nova-proxy.child-1", bus))
        await using (var third = await Peer.StartAsync("nova-proxy.child-2", bus))
        {
            one.Events.Tell(new Happened("child-1", 7));

            Assert.That(await other.NextAsync(), Is.EqualTo(new Happened("child-1", 7)));
            Assert.That(await third.NextAsync(), Is.EqualTo(new Happened("child-1", 7)));
            other.Hears.FailsAt = 8;
            one.Events.Tell(new Happened("child-1", 8));
            Assert.That(await third.NextAsync(), Is.EqualTo(new Happened("child-1", 8)));
            one.Events.Tell(new Happened("child-1", 9));
            Assert.That(await other.NextAsync(), Is.EqualTo(new Happened("child-1", 9)), "one that failed is gone, the next one is heard");
        }

        var queues = await broker.CtlAsync("list_queues", "-q", "-p", bus.VirtualHost, "name", "arguments", "consumers");
        var left = queues.Split('\n').Where(line => line.StartsWith("cascade.", StringComparison.Ordinal));
        Assert.That(left, Is.All.Matches<string>(line => line.Contains("\"x-expires\",60000", StringComparison.Ordinal) && line.EndsWith("\t0", StringComparison.Ordinal)), "each queue goes a minute after its copy");
        Assert.That(queues, Does.Not.Contain("_error").And.Not.Contain("_skipped"));
    }

    [Test]
    public async Task A_bus_that_is_away_holds_nobody_up_and_is_used_again_when_it_is_back()
    {
        await using var own = await Broker.StartAsync();
        var bus = new RabbitOptions { Hosts = [new("127.0.0.1", own.Port, "guest", "guest")] };
        await own.StopAsync();
        await using var one = await Peer.StartAsync("l2-proxy.child-1", bus);
        await using var other = await Peer.StartAsync("nova-proxy.child-1", bus);
        for (var number = 0; number < 5000; number++)
        {
            one.Events.Tell(new Happened("child-1", number));
        }

        await one.UntilSaidAsync("Events cannot be told");
        Assert.That(Number(one, "dropped"), Is.GreaterThan(3000), "a thousand wait, the oldest are dropped");

        await own.StartAgainAsync();
        await one.UntilSaidAsync("Events are told to the other agents again");
        // Its own queue may come up later than ours: told again until it is heard, as a hint would be.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var heard = other.Hears.All.Reader.ReadAsync(limit.Token).AsTask();
        while (!heard.IsCompleted)
        {
            one.Events.Tell(new Happened("child-1", 1));
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System));
        }

        Assert.That((await heard).Host, Is.EqualTo("child-1"));
    }

    [Test]
    public async Task The_bus_may_speak_tls_with_an_authority_of_its_own()
    {
        var bus = Secured(await broker.VhostAsync(), broker.AuthorityFile);
        await using var one = await Peer.StartAsync("l2-proxy.child-1", bus);
        await using var other = await Peer.StartAsync("nova-proxy.child-1", bus);

        one.Events.Tell(new Happened("child-1", 7));

        Assert.That(await other.NextAsync(), Is.EqualTo(new Happened("child-1", 7)));
    }

    [Test]
    public async Task A_bus_with_the_certificate_of_an_authority_that_is_not_trusted_is_told_nothing()
    {
        await using var one = await Peer.StartAsync("l2-proxy.child-1", Secured("/", authority: null));

        one.Events.Tell(new Happened("child-1", 7));

        await one.UntilSaidAsync("Events cannot be told");
    }

    [Test]
    public async Task Its_vendor_is_told_nothing()
    {
        await using var peer = await Peer.StartAsync("l2-proxy.child-1", await BusAsync());

        Assert.That(peer.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled, Is.False);
        Assert.That(peer.Services.GetServices<IHostedService>().Select(service => service.GetType().Name), Has.None.Contains("Usage"));
    }

    [TestCase("", false, null, TestName = "Without events_url there is no bus")]
    [TestCase("events_url = rabbit://u:p@10.0.0.1:5672/cascade", true, null, TestName = "A virtual host of its own is a bus")]
    [TestCase("events_url = rabbit://u:p@10.0.0.1:5672/", true, "is the parent's", TestName = "The parent's virtual host is refused")]
    [TestCase("events_url = rabbit://u:p@10.0.0.2:5672/", true, null, TestName = "The same name on another broker is another one")]
    public void The_bus_is_read_from_the_configuration(string line, bool on, string? fault)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $"[cascade]\n{line}\n");
        var reader = new OptionReader(OsloConfiguration.Read([ConfigPath.File(file)], environment: []));
        var options = EventsOptions.Read(reader, new RabbitOptions { Hosts = [new("10.0.0.1")], VirtualHost = "/" });
        File.Delete(file);

        Assert.That(options.Bus is not null, Is.EqualTo(on));
        Assert.That(string.Join('\n', reader.Faults), fault is null ? Is.Empty : Does.Contain(fault));
        Assert.That(string.Join('\n', reader.Faults), Does.Not.Contain("u:p@"));
    }

    async Task<RabbitOptions> BusAsync() => new() { Hosts = [new("127.0.0.1", broker.Port, "guest", "guest")], VirtualHost = await broker.VhostAsync() };

    RabbitOptions Secured(string vhost, string? authority) => new()
    {
        Hosts = [new("localhost", broker.TlsPort, "guest", "guest")], VirtualHost = vhost, Tls = new() { Enabled = true, CaFile = authority },
    };

    static long Number(Peer peer, string name) => long.Parse(peer.Services.GetRequiredService<IStatusSource>().Read().Single(pair => pair.Key == name).Value);
}

/// <summary>What the test's agents tell each other.</summary>
public sealed record Happened(string Host, int Number);

/// <summary>Keeps what it hears.</summary>
sealed class Hearing : IHear<Happened>
{
    public Channel<Happened> All { get; } = Channel.CreateUnbounded<Happened>();

    public int? FailsAt { get; set; }

    public Task HearAsync(Happened what, CancellationToken cancelled) =>
        what.Number == FailsAt ? throw new InvalidOperationException("not this one") : All.Writer.WriteAsync(what, cancelled).AsTask();
}

/// <summary>One agent on the bus.</summary>
sealed class Peer(IHost host, Lines said) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    public IEvents Events => Services.GetRequiredService<IEvents>();

    public Hearing Hears => Services.GetRequiredService<Hearing>();

    public static async Task<Peer> StartAsync(string name, RabbitOptions bus)
    {
        var said = new Lines();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(said);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<Hearing>();
        builder.Services.AddEventsBus(bus, name, new EventHearers().Hear<Happened, Hearing>());
        var host = builder.Build();
        await host.StartAsync();
        var peer = new Peer(host, said);
        if (bus.VirtualHost != "/")
        {
            await peer.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        }

        return peer;
    }

    public async Task<Happened> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        return await Hears.All.Reader.ReadAsync(limit.Token);
    }

    public Task UntilSaidAsync(string words) => said.UntilAsync(words);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await TestContext.Out.WriteLineAsync(said.Text);
    }
}
