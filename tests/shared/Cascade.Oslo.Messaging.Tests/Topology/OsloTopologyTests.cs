using System.Text.Json;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;

namespace Cascade.Oslo.Messaging.Tests.Topology;

/// <summary>Held against what oslo.messaging 14.0.3 and 18.1.0 declared, by option set.</summary>
[TestFixture]
public sealed class OsloTopologyTests
{
    static readonly Version Broker = new(3, 10, 8);

    public static IEnumerable<TestCaseData> Declared()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "modes.json")));
        foreach (var mode in file.RootElement.EnumerateObject())
        {
            foreach (var declare in mode.Value.GetProperty("declares").EnumerateArray())
            {
                yield return new TestCaseData(mode.Value.GetProperty("options").GetString()!, declare.Clone())
                    .SetName($"{mode.Name}: {declare.GetProperty("method").GetString()} {declare.GetProperty("name").GetString()}");
            }
        }
    }

    [TestCaseSource(nameof(Declared))]
    public void Ours_is_the_same(string options, JsonElement native)
    {
        var topology = new OsloTopology(Options(options));
        var name = native.GetProperty("name").GetString()!;
        var isFanout = name.Contains("_fanout", StringComparison.Ordinal);
        switch (native.GetProperty("method").GetString())
        {
            case "exchange.declare":
                var exchange = isFanout ? topology.FanoutExchange(name.Replace("_fanout", "", StringComparison.Ordinal)) : topology.TopicExchange(name);
                Assert.That(exchange, Is.EqualTo(new ExchangeSpec(name, native.GetProperty("type").GetString()!, Flag(native, "durable"), Flag(native, "auto_delete"))));
                break;
            case "queue.declare":
                var queue = isFanout ? topology.FanoutQueue(name)
                    : name.StartsWith("reply_", StringComparison.Ordinal) ? topology.ReplyQueue(name, Broker)
                    : topology.TopicQueue(name);
                Assert.That((queue.Name, queue.Durable, queue.AutoDelete), Is.EqualTo((name, Flag(native, "durable"), Flag(native, "auto_delete"))));
                Assert.That(Told(queue.Arguments), Is.EquivalentTo(Told(native)));
                break;
            default:
                // A stream's offset is told apart, by who consumes it.
                Assert.That(Told(topology.ConsumerArguments()), Is.EquivalentTo(Told(native).Where(argument => !argument.StartsWith("x-stream-offset", StringComparison.Ordinal))));
                break;
        }
    }

    [Test]
    public void The_reply_queue_is_durable_where_the_broker_refuses_transient_ones()
    {
        var topology = new OsloTopology(new());

        Assert.That((topology.ReplyQueue("r", new(4, 2)).Durable, topology.ReplyQueue("r", new(4, 3)).Durable), Is.EqualTo((false, true)));
    }

    [Test]
    public void What_only_we_declare_is_durable_whatever_the_options_say()
    {
        var topology = new OsloTopology(new());

        Assert.That(topology.PrivateQueue("compute.host1", Broker).Durable, Is.True);
        Assert.That(Told(topology.PrivateQueue("compute.host1", Broker).Arguments), Is.EqualTo(["x-single-active-consumer=True"]));
    }

    [TestCase("3.10.8", "x-queue-type=quorum", TestName = "no limit before 4.0")]
    [TestCase("4.0.0", "x-delivery-limit=-1,x-queue-type=quorum", TestName = "no dropping after twenty from 4.0 on")]
    public void A_quorum_queue_of_ours_never_drops_by_itself(string broker, string arguments) =>
        Assert.That(
            string.Join(',', Told(new OsloTopology(new() { RabbitQuorumQueue = true }).KeptQueue("q", Version.Parse(broker)).Arguments)), Is.EqualTo(arguments));

    [Test]
    public void Names_of_the_queue_manager_count_through_fanouts_and_replies()
    {
        var names = new QueueNames(new() { UseQueueManager = true, HostName = "hostA", ProcessName = "nova-compute" });

        Assert.That((names.Fanout("t"), names.Reply()), Is.EqualTo(("t_fanout_hostA:nova-compute:1", "reply_hostA:nova-compute:2")));
    }

    [Test]
    public void Contradictions_are_told_all_at_once()
    {
        var wrong = RabbitOptionsRules.Check(new() { RabbitQuorumQueue = true, RabbitHaQueues = true, AmqpAutoDelete = true, RabbitStreamFanout = true, Hosts = [] });

        Assert.That(wrong, Has.Count.EqualTo(4));
        Assert.Throws<RabbitConfigurationException>(() => RabbitOptionsRules.Require(new() { Hosts = [] }));
    }

    static bool Flag(JsonElement native, string member) => native.GetProperty(member).GetBoolean();

    static IEnumerable<string> Told(JsonElement native) =>
        native.GetProperty("arguments").EnumerateObject().Select(argument => $"{argument.Name}={(argument.Value.ValueKind == JsonValueKind.True ? "True" : argument.Value.ToString())}");

    static IEnumerable<string> Told(IEnumerable<KeyValuePair<string, object?>> arguments) =>
        arguments.Select(argument => $"{argument.Key}={argument.Value}").Order(StringComparer.Ordinal);

    static RabbitOptions Options(string query)
    {
        var options = new RabbitOptions();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')))
        {
            options = Set(options, pair[0], pair[1]);
        }

        return options;
    }

    static RabbitOptions Set(RabbitOptions options, string name, string value) => name switch
    {
        "amqp_durable_queues" => options with { AmqpDurableQueues = true },
        "amqp_auto_delete" => options with { AmqpAutoDelete = true },
        "rabbit_ha_queues" => options with { RabbitHaQueues = true },
        "rabbit_quorum_queue" => options with { RabbitQuorumQueue = true },
        "rabbit_transient_quorum_queue" => options with { RabbitTransientQuorumQueue = true },
        "rabbit_stream_fanout" => options with { RabbitStreamFanout = true },
        "rabbit_quorum_delivery_limit" => options with { RabbitQuorumDeliveryLimit = int.Parse(value) },
        "rabbit_quroum_max_memory_length" => options with { RabbitQuorumMaxMemoryLength = int.Parse(value) },
        "rabbit_quroum_max_memory_bytes" => options with { RabbitQuorumMaxMemoryBytes = int.Parse(value) },
        "rabbit_transient_queues_ttl" => options with { RabbitTransientQueuesTtl = TimeSpan.FromSeconds(int.Parse(value)) },
        "rabbit_qos_prefetch_count" => options with { RabbitQosPrefetchCount = ushort.Parse(value) },
        "enable_cancel_on_failover" => options with { EnableCancelOnFailover = true },
        "use_queue_manager" or "hostname" or "processname" or "kombu_compression" or "rabbit_login_method" or "heartbeat_timeout_threshold" => options,
        _ => throw new ArgumentException(name, nameof(name)),
    };
}
