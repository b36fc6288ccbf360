using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Support;

namespace Cascade.Interop.Topology;

/// <summary>One way to configure a cloud (wire document §1.4), in oslo's words for the Python side and in ours.</summary>
public sealed record OptionSet(string Name, string Native, Func<RabbitOptions, RabbitOptions> Ours)
{
    /// <summary>True where oslo.messaging 14.0.3 does not have it.</summary>
    public bool OnlyNewer { get; init; }

    public static IReadOnlyList<OptionSet> All { get; } =
    [
        new("defaults", "", options => options),
        new("durable", "amqp_durable_queues=true", options => options with { AmqpDurableQueues = true }),
        new("auto-delete", "amqp_auto_delete=true", options => options with { AmqpAutoDelete = true }),
        new("ha", "rabbit_ha_queues=true", options => options with { RabbitHaQueues = true }),
        new("quorum", "rabbit_quorum_queue=true", options => options with { RabbitQuorumQueue = true }),
        new(
            "quorum limits",
            "rabbit_quorum_queue=true rabbit_quorum_delivery_limit=7 rabbit_quroum_max_memory_length=100 rabbit_quroum_max_memory_bytes=100000",
            options => options with { RabbitQuorumQueue = true, RabbitQuorumDeliveryLimit = 7, RabbitQuorumMaxMemoryLength = 100, RabbitQuorumMaxMemoryBytes = 100000 }),
        new("expiry", "rabbit_transient_queues_ttl=90", options => options with { RabbitTransientQueuesTtl = TimeSpan.FromSeconds(90) }),
        new("prefetch", "rabbit_qos_prefetch_count=5", options => options with { RabbitQosPrefetchCount = 5 }),
        new("cancel on failover", "enable_cancel_on_failover=true", options => options with { EnableCancelOnFailover = true }),
        new("no expiry", "rabbit_transient_queues_ttl=0", options => options with { RabbitTransientQueuesTtl = TimeSpan.Zero }) { OnlyNewer = true },
        new("transient quorum", "rabbit_transient_quorum_queue=true", options => options with { RabbitTransientQuorumQueue = true }) { OnlyNewer = true },
        new(
            "all quorum",
            "rabbit_quorum_queue=true rabbit_transient_quorum_queue=true rabbit_quorum_delivery_limit=9",
            options => options with { RabbitQuorumQueue = true, RabbitTransientQuorumQueue = true, RabbitQuorumDeliveryLimit = 9 }) { OnlyNewer = true },
        new(
            "stream fanout",
            "rabbit_quorum_queue=true rabbit_transient_quorum_queue=true rabbit_stream_fanout=true rabbit_qos_prefetch_count=10",
            options => options with { RabbitQuorumQueue = true, RabbitTransientQuorumQueue = true, RabbitStreamFanout = true, RabbitQosPrefetchCount = 10 }) { OnlyNewer = true },
        new("queue manager", "use_queue_manager=true hostname=interop processname={process}", options => options with { UseQueueManager = true, HostName = "interop" })
            { OnlyNewer = true },
    ];

    /// <summary>Those that a generation has.</summary>
    public static IEnumerable<OptionSet> Of(Generation generation) => All.Where(set => !set.OnlyNewer || generation == Generation.Epoxy);

    /// <summary>A road whose both sides are configured so.</summary>
    public Road NewRoad(World world) => Road.New(world) with
    {
        Native = new JsonObject { ["oslo_messaging_rabbit"] = new JsonObject(Native.Replace("{process}", world.Name("native"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(option => KeyValuePair.Create(option.Split('=')[0], (JsonNode?)option.Split('=')[1]))) },
        Ours = Ours,
    };

    public override string ToString() => Name;
}
