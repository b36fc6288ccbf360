using Cascade.Oslo.Config;

namespace Cascade.Agent;

static class RabbitSectionReading
{
    static readonly OptionTraits NotNegative = new() { Min = 0 };

    public static RabbitSection Read(OptionReader reader, string process)
    {
        var group = reader.Group(RabbitSection.Group, "How queues and exchanges of the parent's bus are declared. Write what the parent's services have: a difference makes the broker refuse.");
        var section = Connection(group, Queues(group, new())) with
        {
            UseQueueManager = group.Bool("use_queue_manager", false, "Stable names of reply and fanout queues, from hostname and processname."),
            HostName = group.Text("hostname", Machine.HostName, "Host in the names of the queue manager.", new() { Sample = "node1" })!,
            ProcessName = group.Text("processname", process, "Process in the names of the queue manager; two services with one name steal each other's replies.")!,
        };
        Check(reader, section);
        return section;
    }

    static RabbitSection Queues(OptionGroup group, RabbitSection section) => section with
    {
        AmqpDurableQueues = group.Bool("amqp_durable_queues", false, "Durable topic queues and exchange.", new() { Deprecated = ["DEFAULT.amqp_durable_queues"] }),
        AmqpAutoDelete = group.Bool("amqp_auto_delete", false, "Auto-delete topic queues and exchange.", new() { Deprecated = ["DEFAULT.amqp_auto_delete"] }),
        QuorumQueue = group.Bool("rabbit_quorum_queue", false, "Quorum queues for topics; they are durable."),
        TransientQuorumQueue = group.Bool("rabbit_transient_quorum_queue", false, "Quorum queues for replies and fanouts too."),
        StreamFanout = group.Bool("rabbit_stream_fanout", false, "Streams for fanouts; needs rabbit_transient_quorum_queue and rabbit_qos_prefetch_count."),
        QuorumDeliveryLimit = group.Int("rabbit_quorum_delivery_limit", 0, "Deliveries of a message before the broker gives it up; 0 for the broker's own limit.", NotNegative),
        // Both spellings were read from 2023.1 to 2025.1, only the wrong one in Zed, only the right one since (impl_rabbit.py).
        QuorumMaxMemoryLength = group.Int("rabbit_quorum_max_memory_length", 0, "Messages of a quorum queue held in memory; 0 for no limit.", NotNegative with { Aliases = ["rabbit_quroum_max_memory_length"] }),
        QuorumMaxMemoryBytes = group.Int("rabbit_quorum_max_memory_bytes", 0, "Bytes of a quorum queue held in memory; 0 for no limit.", NotNegative with { Aliases = ["rabbit_quroum_max_memory_bytes"] }),
        TransientQueuesTtl = group.Seconds("rabbit_transient_queues_ttl", 1800, "Seconds after which unused reply and fanout queues go; 0 for never.", NotNegative),
        QosPrefetchCount = group.Int("rabbit_qos_prefetch_count", 0, "Messages the broker sends ahead; 0 for no limit.", NotNegative with { Max = ushort.MaxValue }),
        EnableCancelOnFailover = group.Bool("enable_cancel_on_failover", false, "Be told when a mirrored queue fails over."),
    };

    static RabbitSection Connection(OptionGroup group, RabbitSection section) => section with
    {
        HeartbeatTimeoutThreshold = group.Seconds("heartbeat_timeout_threshold", 60, "Seconds without a sign of the broker after which it is gone; 0 for no heartbeat.", NotNegative),
        RetryInterval = group.Seconds("rabbit_retry_interval", 1, "Seconds before the first new try to connect.", NotNegative),
        RetryBackoff = group.Seconds("rabbit_retry_backoff", 2, "Seconds added for each further try.", NotNegative with { Deprecated = ["DEFAULT.rabbit_retry_backoff"] }),
        IntervalMax = group.Seconds("rabbit_interval_max", 30, "Longest time between two tries, in seconds.", NotNegative),
        ReconnectDelay = group.Seconds("kombu_reconnect_delay", 1, "Seconds to wait after a lost connection.", NotNegative with { Deprecated = ["DEFAULT.kombu_reconnect_delay"] }),
        FailoverStrategy = group.Text("kombu_failover_strategy", "round-robin", "How the next broker is chosen.", new() { Choices = ["round-robin", "shuffle"] })!,
        Compression = group.Text("kombu_compression", null, "Compress what is sent.", new() { Choices = ["gzip", "bz2"] }),
        Ssl = group.Bool("ssl", false, "Talk TLS to the broker.", new() { Deprecated = ["rabbit_use_ssl"] }),
        SslCaFile = group.Text("ssl_ca_file", null, "PEM file with the authorities to trust; without it nothing is verified.", new() { Deprecated = ["kombu_ssl_ca_certs"] }),
        SslCertFile = group.Text("ssl_cert_file", null, "PEM file with our certificate.", new() { Deprecated = ["kombu_ssl_certfile"] }),
        SslKeyFile = group.Text("ssl_key_file", null, "PEM file with its key.", new() { Deprecated = ["kombu_ssl_keyfile"] }),
        SslEnforceHostnameVerification = group.Bool("ssl_enforce_hostname_verification", true, "The certificate must name the host of transport_url."),
        LoginMethod = group.Text("rabbit_login_method", "AMQPLAIN", "How to log in.", new() { Choices = ["PLAIN", "AMQPLAIN", "EXTERNAL", "RABBIT-CR-DEMO"] })!,
    };

    static void Check(OptionReader reader, RabbitSection section)
    {
        // impl_rabbit.py Connection.__init__ raises a RuntimeError for the first.
        if (section.StreamFanout && (!section.TransientQuorumQueue || section.QosPrefetchCount == 0))
            reader.Fault($"[{RabbitSection.Group}] rabbit_stream_fanout needs rabbit_transient_quorum_queue = true and rabbit_qos_prefetch_count above 0");
        if (section is { QuorumQueue: true, AmqpAutoDelete: true })
            reader.Fault($"[{RabbitSection.Group}] rabbit_quorum_queue and amqp_auto_delete exclude each other: the broker refuses an auto-delete quorum queue");
        if (section.SslCertFile is null != section.SslKeyFile is null)
            reader.Fault($"[{RabbitSection.Group}] ssl_cert_file and ssl_key_file go together");
        foreach (var file in new[] { section.SslCaFile, section.SslCertFile, section.SslKeyFile }.OfType<string>().Where(f => section.Ssl && !File.Exists(f)))
            reader.Fault($"[{RabbitSection.Group}] no such file: {file}");
        if (section is { Ssl: true, SslCaFile: null })
            reader.Warn($"[{RabbitSection.Group}] ssl without ssl_ca_file encrypts but verifies nothing: name the authority's PEM file");
    }
}
