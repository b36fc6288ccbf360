using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Agent.Serving;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Serving;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cascade.Agent.Tests.Serving;

/// <summary>Two services of one agent, on a real broker.</summary>
sealed class ActiveServerTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    Broker broker = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [Test]
    public async Task Both_start_park_resume_and_stop_together()
    {
        using var limit = new CancellationTokenSource(Patience);
        var vhost = await broker.VhostAsync();
        await using var bus = On(vhost);
        var (volume, backup) = (new Heard(), new Heard());
        await using var both = new ActiveServer(Server(bus, "cinder-volume", volume), Server(bus, "cinder-backup", backup));
        await both.StartAsync(limit.Token);
        var serving = new ServingSwitch();
        serving.Set(both, recovered: true);
        var backlog = new Backlog(bus, serving);

        await CastAsync(bus, "first");
        Assert.That((await volume.NextAsync(), await backup.NextAsync()), Is.EqualTo(("first to cinder-volume", "first to cinder-backup")));

        await both.ParkAsync("the child is away", limit.Token);
        await CastAsync(bus, "second");
        while (await WaitingAsync(vhost) is var waiting && (waiting.GetValueOrDefault("cascade.parked.cinder-volume.h@b") != 1 || waiting.GetValueOrDefault("cascade.parked.cinder-backup.h@b") != 1))
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.That((volume.Count, backup.Count, both.Completion.IsCompleted), Is.EqualTo((0, 0, false)));
        Assert.That(await backlog.AnyAsync(limit.Token), Is.True, "what is parked is not lost");

        await both.ServeAsync(limit.Token);
        Assert.That((await volume.NextAsync(), await backup.NextAsync()), Is.EqualTo(("second to cinder-volume", "second to cinder-backup")));
        Assert.That(await backlog.AnyAsync(limit.Token), Is.False);

        await both.StopAsync(limit.Token);
        await CastAsync(bus, "third");
        var left = await WaitingAsync(vhost);
        Assert.That((left["cinder-volume.h@b"], left["cinder-backup.h@b"], both.Completion.IsCompleted), Is.EqualTo((1, 1, true)), "nobody hears it");
        Assert.That(await backlog.AnyAsync(limit.Token), Is.True, "what waits to be delivered is not lost");
    }

    [Test]
    public async Task What_one_of_them_cannot_do_ends_both()
    {
        using var limit = new CancellationTokenSource(Patience);
        await using var bus = On(await broker.VhostAsync());
        await using var other = new ActiveServer(Server(bus, "cinder-volume", new()));
        // The other one has its queue with other flags than ours.
        await other.StartAsync(limit.Token);
        await using var both = new ActiveServer(Server(bus, "cinder-backup", new()), Server(bus, "cinder-volume", new(), @private: false));

        Assert.That(async () => await both.StartAsync(limit.Token), Throws.TypeOf<RabbitConfigurationException>());
        Assert.That(async () => await both.Completion.WaitAsync(Patience), Throws.TypeOf<RabbitConfigurationException>());
        await both.StopAsync(limit.Token);
    }

    [Test]
    public async Task What_was_never_started_need_not_be_stopped()
    {
        await using var bus = On(await broker.VhostAsync());
        await using var both = new ActiveServer(Server(bus, "cinder-volume", new()), Server(bus, "cinder-backup", new()));

        await both.StopAsync(CancellationToken.None);

        Assert.That(both.Completion.IsCompletedSuccessfully, Is.True);
    }

    RabbitTransport On(string vhost) =>
        new(new() { Hosts = [new("127.0.0.1", broker.Port, "guest", "guest")], VirtualHost = vhost }, NullLoggerFactory.Instance, TimeProvider.System);

    /// <summary>Messages by queue.</summary>
    async Task<Dictionary<string, int>> WaitingAsync(string vhost) =>
        (await broker.CtlAsync("list_queues", "-p", vhost, "--no-table-headers", "-s", "name", "messages")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).ToDictionary(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));

    static RpcServer Server(RabbitTransport bus, string topic, Heard heard, bool @private = true) => bus.CreateServer(
        new() { Listen = [new(topic, "h@b") { Private = @private }], StopGrace = TimeSpan.FromSeconds(1) }, heard);

    static async Task CastAsync(RabbitTransport bus, string word)
    {
        foreach (var topic in new[] { "cinder-volume", "cinder-backup" })
        {
            await bus.Caller.CastAsync(new(topic, new(2, 0), "h@b"), "say", new JsonObject { ["word"] = $"{word} to {topic}" }, RequestIds.Admin());
        }
    }

    sealed class Heard : IRpcEndpoint
    {
        readonly BlockingCollection<string> words = [];

        public int Count => words.Count;

        public Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled)
        {
            words.Add(request.Arguments.GetProperty("word").GetString()!, cancelled);
            return Task.FromResult<JsonNode?>(null);
        }

        public Task<string> NextAsync() => Task.Run(() => words.TryTake(out var word, Patience) ? word : throw new TimeoutException("nothing was heard"));
    }
}
