using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Wire.Notifications;
using Cascade.Support;

namespace Cascade.Interop.Notices;

/// <summary>We hear what a Python notifier sends, beside the listeners that are there already, and leave nothing behind.</summary>
[TestFixtureSource(typeof(Generations))]
public class ListenerTests(Generation generation) : Row(generation)
{
    [TestCase("messagingv2", "info")]
    [TestCase("messaging", "error")]
    public async Task A_native_notification_is_heard(string driver, string priority)
    {
        var road = Road.New(World);
        await using var hearing = await Hearing.StartAsync(road);
        await NotifyAsync(road, "instance.power_off.end", driver, priority);

        var heard = await hearing.NextAsync();
        Assert.That(heard.EventType, Is.EqualTo("instance.power_off.end"));
        Assert.That(heard.Priority, Is.EqualTo(priority.ToUpperInvariant()));
        Assert.That(heard.Payload?["uuid"]?.GetValue<string>(), Is.EqualTo("u1"));
    }

    [Test]
    public async Task A_listener_that_was_there_before_loses_nothing_by_ours()
    {
        var road = Road.New(World);
        var id = "l" + road.Topic;
        await World.Notices.AskAsync(
            new JsonObject { ["do"] = "listen", ["id"] = id, ["url"] = World.Broker.TransportUrl(), ["exchange"] = road.Exchange, ["topic"] = road.Topic }, "started");
        await using var first = await Hearing.StartAsync(road);
        await using var second = await Hearing.StartAsync(road);
        await NotifyAsync(road, "instance.update");

        Assert.That((await World.Notices.ExpectAsync("heard", id)).GetProperty("event_type").GetString(), Is.EqualTo("instance.update"));
        Assert.That((await first.NextAsync()).EventType, Is.EqualTo("instance.update"));
        Assert.That((await second.NextAsync()).EventType, Is.EqualTo("instance.update"));
        await World.Notices.AskAsync(new JsonObject { ["do"] = "stop", ["id"] = id }, "stopped");
    }

    [Test]
    public async Task What_cannot_be_read_is_skipped_and_the_next_is_heard()
    {
        var road = Road.New(World);
        await using var hearing = await Hearing.StartAsync(road);
        await using var raw = await RawBus.ConnectAsync(road);
        await raw.PublishAsync(road.Exchange, road.Topic + ".info", Encoding.UTF8.GetBytes("{\"no\": \"notification\"}"));
        await hearing.Ours.Log.SaysAsync(1405);
        await NotifyAsync(road, "instance.update");
        Assert.That((await hearing.NextAsync()).EventType, Is.EqualTo("instance.update"));
    }

    [Test]
    public async Task It_is_heard_again_after_its_connection_broke_and_its_queue_is_gone_with_it()
    {
        await using var tunnel = Tunnel.Open(World.Broker.Port);
        var road = Road.New(World);
        road = road with { Ours = options => options with { Hosts = [new("127.0.0.1", tunnel.Port)], KombuReconnectDelay = TimeSpan.Zero } };
        await using var hearing = await Hearing.StartAsync(road);
        hearing.Ours.Log.Clear();
        tunnel.Cut();
        await hearing.Ours.Log.SaysAsync(1404);
        await NotifyAsync(road, "instance.update");
        Assert.That((await hearing.NextAsync()).EventType, Is.EqualTo("instance.update"));

        await hearing.DisposeAsync();
        await using var raw = await RawBus.ConnectAsync(road with { Ours = options => options });
        await NotifyAsync(road, "instance.update");
        // Nobody is bound but the queue that the notifier itself declares: with ours still there it would be two.
        Assert.That(await raw.Channel.MessageCountAsync(road.Topic + ".info"), Is.GreaterThan(0));
        Assert.That(await QueuesAsync(road), Has.None.StartsWith($"cascade.heard.{road.Host}."));
    }

    Task NotifyAsync(Road road, string eventType, string driver = "messagingv2", string priority = "info") => World.Notices.AskAsync(
        new JsonObject
        {
            ["do"] = "notify", ["id"] = "s" + road.Topic, ["url"] = World.Broker.TransportUrl(), ["exchange"] = road.Exchange, ["topic"] = road.Topic, ["driver"] = driver,
            ["priority"] = priority, ["publisher_id"] = "nova-compute:c", ["event_type"] = eventType, ["payload"] = new JsonObject { ["uuid"] = "u1" },
        },
        "sent");

    static async Task<IReadOnlyList<string>> QueuesAsync(Road road) =>
        [.. (await road.World.Broker.CtlAsync("list_queues", "--quiet", "--no-table-headers", "name")).Split('\n', StringSplitOptions.TrimEntries)];

    /// <summary>One listener of ours, running.</summary>
    sealed class Hearing : IAsyncDisposable
    {
        readonly Channel<Notification> heard = Channel.CreateUnbounded<Notification>();
        readonly CancellationTokenSource stop = new();
        readonly NotificationListener listener;
        Task running = Task.CompletedTask;
        bool disposed;

        Hearing(Road road)
        {
            Ours = new(road);
            listener = Ours.Transport.CreateNotificationListener(new(road.Host, road.Exchange, [road.Topic]));
        }

        public Ours Ours { get; }

        public static async Task<Hearing> StartAsync(Road road)
        {
            var hearing = new Hearing(road);
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            hearing.running = hearing.listener.RunAsync(one => hearing.heard.Writer.TryWrite(one), () => started.TrySetResult(), hearing.stop.Token);
            await started.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return hearing;
        }

        public async Task<Notification> NextAsync() => await heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

        public async ValueTask DisposeAsync()
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await listener.DisposeAsync();
            await Ours.DisposeAsync();
            stop.Dispose();
        }
    }
}
