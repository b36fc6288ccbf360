using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>
/// [oslo_messaging_rabbit] as the parent's operator writes it (oslo_messaging/_drivers/impl_rabbit.py rabbit_opts and amqp.py
/// amqp_opts), including what the query of transport_url overrides.
/// </summary>
public sealed record RabbitSection
{
    public const string Group = "oslo_messaging_rabbit";

    public bool AmqpDurableQueues { get; init; }

    public bool AmqpAutoDelete { get; init; }

    public bool QuorumQueue { get; init; }

    public bool TransientQuorumQueue { get; init; }

    public bool StreamFanout { get; init; }

    /// <summary>Messages go to the dead-letter side after so many deliveries; 0 leaves it to the broker.</summary>
    public int QuorumDeliveryLimit { get; init; }

    public int QuorumMaxMemoryLength { get; init; }

    public int QuorumMaxMemoryBytes { get; init; }

    /// <summary>After which an unused reply or fanout queue goes; zero for never.</summary>
    public TimeSpan TransientQueuesTtl { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>Messages the broker sends ahead; 0 is no limit.</summary>
    public int QosPrefetchCount { get; init; }

    /// <summary>Heartbeat asked of the broker; zero switches it off.</summary>
    public TimeSpan HeartbeatTimeoutThreshold { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan RetryBackoff { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan IntervalMax { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>round-robin or shuffle.</summary>
    public string FailoverStrategy { get; init; } = "round-robin";

    /// <summary>gzip, bz2 or null.</summary>
    public string? Compression { get; init; }

    public bool Ssl { get; init; }

    public string? SslCaFile { get; init; }

    public string? SslCertFile { get; init; }

    public string? SslKeyFile { get; init; }

    public bool SslEnforceHostnameVerification { get; init; }

    /// <summary>AMQPLAIN, PLAIN, EXTERNAL.</summary>
    public string LoginMethod { get; init; } = "AMQPLAIN";

    public bool UseQueueManager { get; init; }

    public string HostName { get; init; } = Machine.HostName;

    public string ProcessName { get; init; } = "";

    public bool EnableCancelOnFailover { get; init; }
}
