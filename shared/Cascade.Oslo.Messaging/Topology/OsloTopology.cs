using Cascade.Oslo.Messaging.Rabbit;

namespace Cascade.Oslo.Messaging.Topology;

/// <summary>
/// Flags and arguments by option set, as recorded from oslo.messaging 14.0.3 and 18.1.0 (oslo_messaging/_drivers/impl_rabbit.py:
/// Connection.declare_topic_consumer, declare_fanout_consumer, _get_queue_arguments). What only we declare is chosen by us.
/// </summary>
sealed class OsloTopology(RabbitOptions options)
{
    static readonly Version RefusesTransient = new(4, 3);
    static readonly Version LimitsDeliveries = new(4, 0);

    // rabbitmq.com/docs/quorum-queues: message TTL since 3.10; before, only their number ends them.
    static readonly Version QuorumKnowsTime = new(3, 10);

    bool Durable => options.AmqpDurableQueues || options.RabbitQuorumQueue;

    public ExchangeSpec TopicExchange(string? name) => new(name ?? options.ControlExchange, "topic", Durable, options.AmqpAutoDelete);

    public ExchangeSpec FanoutExchange(string topic) => new(topic + "_fanout", "fanout", options.RabbitTransientQuorumQueue, AutoDelete: true);

    /// <summary>The queue of a topic, of a server of it, and of a notification's priority.</summary>
    public QueueSpec TopicQueue(string name) => new(name, Durable, options.AmqpAutoDelete, Arguments(options.RabbitQuorumQueue));

    public QueueSpec FanoutQueue(string name)
    {
        if (!options.RabbitStreamFanout)
        {
            return Transient(name);
        }

        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "stream" };
        if (options.RabbitTransientQueuesTtl > TimeSpan.Zero)
        {
            arguments["x-max-age"] = $"{(long)options.RabbitTransientQueuesTtl.TotalSeconds}s";
        }

        return new(name, Durable: true, AutoDelete: false, arguments);
    }

    /// <summary>Ours alone: durable where the broker refuses what is native (RabbitMQ 4.3: transient_nonexcl_queues).</summary>
    public QueueSpec ReplyQueue(string name, Version broker)
    {
        var native = Transient(name);
        return native.Durable || broker < RefusesTransient ? native : native with { Durable = true };
    }

    /// <summary>A server's queue that only we declare: it survives the broker, and one copy of the agent at a time is served.</summary>
    public QueueSpec PrivateQueue(string name, Version broker)
    {
        var kept = KeptQueue(name, broker);
        return kept with { Arguments = new Dictionary<string, object?>(kept.Arguments) { ["x-single-active-consumer"] = true } };
    }

    /// <summary>
    /// A lease. Classic, whatever the others are: a quorum queue gives itself to any number of exclusive consumers (rabbitmq/rabbitmq-website#1973). Nothing is in it, so it
    /// need not outlive its node: where the broker has transient queues (not from 4.3 on) it goes with the node and is made anew on another.
    /// </summary>
    public static QueueSpec LeaseQueue(string name, Version broker) =>
        new(name, Durable: broker >= RefusesTransient, AutoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "classic" });

    /// <summary>Parking, dead letters: ours alone, durable, replicated where the cloud's queues are.</summary>
    public QueueSpec KeptQueue(string name, Version broker)
    {
        var arguments = new Dictionary<string, object?>();
        if (options.RabbitQuorumQueue)
        {
            arguments["x-queue-type"] = "quorum";
            // The default of 20 would drop what we put back (rabbitmq.com: quorum queues, poison messages).
            if (broker >= LimitsDeliveries)
            {
                arguments["x-delivery-limit"] = -1;
            }
        }

        return new(name, Durable: true, AutoDelete: false, arguments);
    }

    /// <summary>Kept for a while only: what is older, and the oldest of too many, goes.</summary>
    public QueueSpec FadingQueue(string name, Version broker, TimeSpan lifetime, int most)
    {
        var kept = KeptQueue(name, broker);
        var arguments = new Dictionary<string, object?>(kept.Arguments) { ["x-max-length"] = most };
        if (!options.RabbitQuorumQueue || broker >= QuorumKnowsTime)
        {
            arguments["x-message-ttl"] = (int)lifetime.TotalMilliseconds;
        }

        return kept with { Arguments = arguments };
    }

    /// <summary>Of every basic.consume.</summary>
    public Dictionary<string, object?> ConsumerArguments() =>
        options.EnableCancelOnFailover ? new() { ["x-cancel-on-ha-failover"] = true } : [];

    QueueSpec Transient(string name)
    {
        var arguments = Arguments(options.RabbitTransientQuorumQueue);
        if (options.RabbitTransientQueuesTtl > TimeSpan.Zero)
        {
            arguments["x-expires"] = (int)options.RabbitTransientQueuesTtl.TotalMilliseconds;
        }

        return new(name, options.RabbitTransientQuorumQueue, AutoDelete: false, arguments);
    }

    Dictionary<string, object?> Arguments(bool quorum)
    {
        var arguments = new Dictionary<string, object?>();
        if (options.RabbitHaQueues)
        {
            arguments["x-ha-policy"] = "all";
        }

        if (!quorum)
        {
            return arguments;
        }

        arguments["x-queue-type"] = "quorum";
        if (options.RabbitQuorumDeliveryLimit > 0)
        {
            arguments["x-delivery-limit"] = options.RabbitQuorumDeliveryLimit;
        }

        if (options.RabbitQuorumMaxMemoryLength > 0)
        {
            arguments["x-max-in-memory-length"] = options.RabbitQuorumMaxMemoryLength;
        }

        if (options.RabbitQuorumMaxMemoryBytes > 0)
        {
            arguments["x-max-in-memory-bytes"] = options.RabbitQuorumMaxMemoryBytes;
        }

        return arguments;
    }
}
