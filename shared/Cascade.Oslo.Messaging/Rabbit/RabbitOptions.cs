namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>
/// How to reach one RabbitMQ and how its services declare their queues: <c>transport_url</c> and <c>[oslo_messaging_rabbit]</c>, in oslo's
/// own words and defaults (oslo_messaging/_drivers/impl_rabbit.py: rabbit_opts). For what is shared, the same options as the Python
/// services of that cloud must be set, or the broker refuses with 406.
/// </summary>
public sealed record RabbitOptions
{
    /// <summary>The hosts of <c>transport_url</c>, in its order; shuffled once per connection.</summary>
    public IReadOnlyList<RabbitHost> Hosts { get; init; } = [new("localhost")];

    /// <summary>The path of <c>transport_url</c> without its first slash, URL-decoded; no path means <c>/</c>.</summary>
    public string VirtualHost { get; init; } = "/";

    public RabbitTls Tls { get; init; } = RabbitTls.Off;

    /// <summary><c>control_exchange</c>: nova for Nova, neutron for Neutron, openstack for Cinder.</summary>
    public string ControlExchange { get; init; } = "openstack";

    /// <summary><c>rpc_response_timeout</c>.</summary>
    public TimeSpan RpcResponseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public bool AmqpDurableQueues { get; init; }

    public bool AmqpAutoDelete { get; init; }

    public bool RabbitHaQueues { get; init; }

    public bool RabbitQuorumQueue { get; init; }

    public bool RabbitTransientQuorumQueue { get; init; }

    /// <summary>0: no limit is declared.</summary>
    public int RabbitQuorumDeliveryLimit { get; init; }

    public int RabbitQuorumMaxMemoryLength { get; init; }

    public int RabbitQuorumMaxMemoryBytes { get; init; }

    public bool RabbitStreamFanout { get; init; }

    /// <summary><c>rabbit_transient_queues_ttl</c>; zero means fanout and reply queues never expire (since 14.6).</summary>
    public TimeSpan RabbitTransientQueuesTtl { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary><c>rabbit_qos_prefetch_count</c>; 0 lets a server choose its own bound, which no peer can see.</summary>
    public ushort RabbitQosPrefetchCount { get; init; }

    public bool EnableCancelOnFailover { get; init; }

    /// <summary><c>use_queue_manager</c>: fanout and reply queues named <c>…_hostname:processname:n</c> instead of by chance.</summary>
    public bool UseQueueManager { get; init; }

    /// <summary><c>hostname</c>, for <see cref="UseQueueManager"/>.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>
    /// <c>processname</c>: names the connections, and the queues of <see cref="UseQueueManager"/>. Two processes of one host, and two
    /// transports of one process, must not share it there: they would steal each other's replies.
    /// </summary>
    public string ProcessName { get; init; } = "cascade";

    /// <summary><c>rabbit_retry_interval</c>.</summary>
    public TimeSpan RabbitRetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>rabbit_retry_backoff</c>: what each further attempt adds.</summary>
    public TimeSpan RabbitRetryBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary><c>rabbit_interval_max</c>.</summary>
    public TimeSpan RabbitIntervalMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>kombu_reconnect_delay</c>: the pause before the first attempt after a loss.</summary>
    public TimeSpan KombuReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>kombu_reconnect_splay</c>: at most this much is added to <see cref="KombuReconnectDelay"/>, by chance.</summary>
    public TimeSpan KombuReconnectSplay { get; init; }

    public FailoverStrategy KombuFailoverStrategy { get; init; }

    public BodyCompressionKind KombuCompression { get; init; }

    /// <summary><c>heartbeat_timeout_threshold</c>; zero switches heartbeats off.</summary>
    public TimeSpan HeartbeatTimeoutThreshold { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>rabbit_login_method</c>; AMQPLAIN, which this client does not have, is PLAIN here: every broker offers both.</summary>
    public LoginMethod RabbitLoginMethod { get; init; }

    /// <summary>How many publishes may wait for the broker's confirm at once; the next one waits for a place.</summary>
    public int PublishesInFlight { get; init; } = 256;

    /// <summary>Says nothing about credentials.</summary>
    public override string ToString() => $"rabbit://{string.Join(',', Hosts)}/{VirtualHost}";
}

/// <summary><c>kombu_failover_strategy</c>.</summary>
public enum FailoverStrategy
{
    RoundRobin,
    Shuffle,
}

/// <summary><c>kombu_compression</c>; what is received is unpacked by its header, whatever stands here.</summary>
public enum BodyCompressionKind
{
    None,
    Gzip,
    Bz2,
}

/// <summary><c>rabbit_login_method</c>.</summary>
public enum LoginMethod
{
    Plain,
    External,
}
