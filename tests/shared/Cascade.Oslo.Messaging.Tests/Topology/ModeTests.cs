using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Topology;

[TestFixture]
public sealed class ModeTests
{
    public static IEnumerable<TestCaseData> Modes()
    {
        static TestCaseData Mode(string name, Func<RabbitOptions, RabbitOptions> with) => new TestCaseData(with).SetName(name);
        yield return Mode("default", options => options);
        yield return Mode("durable", options => options with { AmqpDurableQueues = true });
        yield return Mode("auto delete", options => options with { AmqpAutoDelete = true });
        yield return Mode("quorum", options => options with { RabbitQuorumQueue = true });
        yield return Mode("transient quorum", options => options with { RabbitQuorumQueue = true, RabbitTransientQuorumQueue = true });
        yield return Mode("compressed", options => options with { KombuCompression = BodyCompressionKind.Gzip });
        yield return Mode("recommended by oslo", options => options with
        {
            RabbitQuorumQueue = true,
            RabbitTransientQuorumQueue = true,
            RabbitStreamFanout = true,
            RabbitQosPrefetchCount = 100,
            UseQueueManager = true,
        });
    }

    [TestCaseSource(nameof(Modes))]
    public async Task Calls_fanouts_and_notifications_go_through_in_every_mode(Func<RabbitOptions, RabbitOptions> with)
    {
        await using var lane = await Lane.OpenAsync();
        var heard = new TaskCompletionSource();
        await lane.ServeAsync(
            new Endpoint(request =>
            {
                if (request.Method == "hello")
                {
                    heard.TrySetResult();
                }

                return "pong";
            }),
            serving => serving with { Listen = [RpcListen.Native("compute", "host1"), new("compute-alt", "host1")] },
            lane.Transport(with));
        var transport = lane.Transport(options => with(options) with { ProcessName = "caller" });

        var answers = new List<string?>();
        foreach (var target in new RpcTarget[] { new("compute", new(6, 0)), new("compute", new(6, 0), "host1"), new("compute-alt", new(6, 0), "host1") })
        {
            answers.Add((await transport.Caller.CallAsync(target, "ping", [], RpcContext.Admin("req-1"))).GetString());
        }

        await transport.Caller.CastAsync(new("compute", new(6, 0), Fanout: true), "hello", [], RpcContext.Admin("req-2"));
        await heard.Task.WaitAsync(Wait.Patience);
        await transport.CreateNotifier(new("compute.host1") { Driver = NotificationDriver.MessagingV2 }).NotifyAsync("INFO", "a.b", "payload");

        Assert.That(answers, Is.All.EqualTo("pong"));
        // A quorum queue's numbers come a little later.
        await Wait.UntilAsync(async () => await lane.CountAsync("notifications.info") == 1, "it waits for a listener");
    }

    [Test]
    public async Task What_exists_with_the_other_durability_is_used_and_told()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.ExchangeDeclareAsync("nova", "topic", durable: true, autoDelete: false);
        await raw.Channel.QueueDeclareAsync("compute", durable: true, exclusive: false, autoDelete: false);

        await lane.ServeAsync(new Endpoint(_ => "pong"), serving => serving with { Listen = [RpcListen.Native("compute", "host1")] });

        var answer = await lane.Transport().Caller.CallAsync(new("compute", new(6, 0)), "ping", [], RpcContext.Admin("req-1"));
        Assert.That((answer.GetString(), lane.Log.Times(1101)), Is.EqualTo(("pong", 1)));
    }

    [Test]
    public async Task What_exists_with_other_arguments_stops_the_start_with_the_brokers_words()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await raw.Channel.QueueDeclareAsync("compute", false, false, false, new Dictionary<string, object?> { ["x-expires"] = 60000 });

        var refused = Assert.ThrowsAsync<RabbitConfigurationException>(
            () => lane.ServeAsync(new Endpoint(_ => null), serving => serving with { Listen = [RpcListen.Native("compute", "host1")] }));

        Assert.That(refused.Message, Does.Contain("compute").And.Contain("x-expires"));
    }

    [Test]
    public async Task A_consumer_that_the_broker_cancels_is_brought_back_with_its_queue()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await lane.ServeAsync(new Endpoint(_ => "pong"));

        await raw.Channel.QueueDeleteAsync("compute.host1", ifUnused: false, ifEmpty: false);

        await Wait.UntilAsync(() => lane.Log.Times(1201) == 2, "serving again");
        var answer = await lane.Transport().Caller.CallAsync(new("compute", new(6, 0), "host1"), "ping", [], RpcContext.Admin("req-1"));
        Assert.That(answer.GetString(), Is.EqualTo("pong"));
    }
}
