using Cascade.Oslo.Config;
using Cascade.Oslo.Messaging.Rabbit;

namespace Cascade.Agent;

/// <summary>
/// [oslo_messaging_rabbit] as the parent's operator writes it (oslo_messaging/_drivers/impl_rabbit.py rabbit_opts and amqp.py
/// amqp_opts), including what the query of transport_url overrides.
/// </summary>
public static class RabbitSection
{
    public const string Name = "oslo_messaging_rabbit";

    static readonly OptionTraits NotNegative = new() { Min = 0 };

    /// <summary>The same declarations and manners on another bus (the transport_url of [oslo_messaging_notifications]).</summary>
    public static RabbitOptions On(this RabbitOptions options, TransportUrl bus) => options with
    {
        Hosts = bus.Hosts.Count == 0
            ? [new("localhost")]
            : [.. bus.Hosts.Select(h => new RabbitHost(h.EffectiveHostName, h.EffectivePort, h.EffectiveUsername, h.EffectivePassword))],
        VirtualHost = bus.BrokerVirtualHost,
    };

    internal static RabbitOptions Read(OptionReader reader, AgentOptions agent, string process)
    {
        var group = reader.Group(Name, "How queues and exchanges of the parent's bus are declared. Write what the parent's services have: a difference makes the broker refuse.");
        var options = Connection(group, Queues(group, new() { ControlExchange = agent.ControlExchange, RpcResponseTimeout = agent.RpcResponseTimeout })) with
        {
            Tls = Tls(reader, group, older: true),
            UseQueueManager = group.Bool("use_queue_manager", false, "Stable names of reply and fanout queues, from hostname and processname."),
            HostName = group.Text("hostname", Machine.HostName, "Host in the names of the queue manager.", new() { Sample = "node1" })!,
            ProcessName = group.Text("processname", process, "Process in the names of the queue manager; two services with one name steal each other's replies.")!,
        };
        options = agent.TransportUrl is { } bus ? options.On(bus) : options;
        foreach (var wrong in RabbitOptionsRules.Check(options))
            reader.Fault(wrong);
        return options;
    }

    static RabbitOptions Queues(OptionGroup group, RabbitOptions options) => options with
    {
        AmqpDurableQueues = group.Bool("amqp_durable_queues", false, "Durable topic queues and exchange.", new() { Deprecated = ["DEFAULT.amqp_durable_queues"] }),
        AmqpAutoDelete = group.Bool("amqp_auto_delete", false, "Auto-delete topic queues and exchange.", new() { Deprecated = ["DEFAULT.amqp_auto_delete"] }),
        RabbitHaQueues = group.Bool("rabbit_ha_queues", false, "Ask for mirrored queues; without effect since RabbitMQ 3.0.", new() { Deprecated = ["DEFAULT.rabbit_ha_queues"] }),
        RabbitQuorumQueue = group.Bool("rabbit_quorum_queue", false, "Quorum queues for topics; they are durable."),
        RabbitTransientQuorumQueue = group.Bool("rabbit_transient_quorum_queue", false, "Quorum queues for replies and fanouts too."),
        RabbitStreamFanout = group.Bool("rabbit_stream_fanout", false, "Streams for fanouts; needs rabbit_transient_quorum_queue and rabbit_qos_prefetch_count."),
        RabbitQuorumDeliveryLimit = group.Int("rabbit_quorum_delivery_limit", 0, "Deliveries of a message before the broker gives it up; 0 for the broker's own limit.", NotNegative),
        // Both spellings were read from 2023.1 to 2025.1, only the wrong one in Zed, only the right one since (impl_rabbit.py).
        RabbitQuorumMaxMemoryLength = group.Int("rabbit_quorum_max_memory_length", 0, "Messages of a quorum queue held in memory; 0 for no limit.", NotNegative with { Aliases = ["rabbit_quroum_max_memory_length"] }),
        RabbitQuorumMaxMemoryBytes = group.Int("rabbit_quorum_max_memory_bytes", 0, "Bytes of a quorum queue held in memory; 0 for no limit.", NotNegative with { Aliases = ["rabbit_quroum_max_memory_bytes"] }),
        RabbitTransientQueuesTtl = group.Seconds("rabbit_transient_queues_ttl", 1800, "Seconds after which unused reply and fanout queues go; 0 for never.", NotNegative),
        RabbitQosPrefetchCount = (ushort)Math.Clamp(group.Int("rabbit_qos_prefetch_count", 0, "Messages the broker sends ahead; 0 for no limit.", NotNegative with { Max = ushort.MaxValue }), 0, ushort.MaxValue),
        EnableCancelOnFailover = group.Bool("enable_cancel_on_failover", false, "Be told when a mirrored queue fails over."),
    };

    static RabbitOptions Connection(OptionGroup group, RabbitOptions options) => options with
    {
        HeartbeatTimeoutThreshold = group.Seconds("heartbeat_timeout_threshold", 60, "Seconds without a sign of the broker after which it is gone; 0 for no heartbeat.", NotNegative),
        RabbitRetryInterval = group.Seconds("rabbit_retry_interval", 1, "Seconds before the first new try to connect.", NotNegative),
        RabbitRetryBackoff = group.Seconds("rabbit_retry_backoff", 2, "Seconds added for each further try.", NotNegative with { Deprecated = ["DEFAULT.rabbit_retry_backoff"] }),
        RabbitIntervalMax = group.Seconds("rabbit_interval_max", 30, "Longest time between two tries, in seconds.", NotNegative),
        KombuReconnectDelay = group.Seconds("kombu_reconnect_delay", 1, "Seconds to wait after a lost connection.", NotNegative with { Deprecated = ["DEFAULT.kombu_reconnect_delay"] }),
        KombuReconnectSplay = group.Seconds("kombu_reconnect_splay", 0, "At most so many seconds are added to it by chance.", NotNegative),
        KombuFailoverStrategy = group.Text("kombu_failover_strategy", "round-robin", "How the next broker is chosen.", new() { Choices = ["round-robin", "shuffle"] }) == "shuffle"
            ? FailoverStrategy.Shuffle
            : FailoverStrategy.RoundRobin,
        KombuCompression = group.Text("kombu_compression", null, "Compress what is sent.", new() { Choices = ["gzip", "bz2"] }) switch
        {
            "gzip" => BodyCompressionKind.Gzip,
            "bz2" => BodyCompressionKind.Bz2,
            _ => BodyCompressionKind.None,
        },
        // AMQPLAIN is oslo's default; every broker that has it has PLAIN too, which says the same.
        RabbitLoginMethod = group.Text("rabbit_login_method", "AMQPLAIN", "How to log in. AMQPLAIN is PLAIN here.", new() { Choices = ["PLAIN", "AMQPLAIN", "EXTERNAL"] }) == "EXTERNAL"
            ? LoginMethod.External
            : LoginMethod.Plain,
    };

    /// <summary>How this section's bus proves who it is.</summary>
    /// <param name="older">Whether the section was there when the options had other names.</param>
    internal static RabbitTls Tls(OptionReader reader, OptionGroup group, bool older = false)
    {
        OptionTraits Was(string name) => older ? new() { Deprecated = [name] } : OptionTraits.None;
        var tls = new RabbitTls
        {
            Enabled = group.Bool("ssl", false, "Talk TLS to the broker; the port stays what transport_url says.", Was("rabbit_use_ssl")),
            CaFile = group.Text("ssl_ca_file", null, "PEM file with the authorities to trust; those of the system without it.", Was("kombu_ssl_ca_certs")),
            CertFile = group.Text("ssl_cert_file", null, "PEM file with our certificate.", Was("kombu_ssl_certfile")),
            KeyFile = group.Text("ssl_key_file", null, "PEM file with its key; not needed when the certificate's file holds it.", Was("kombu_ssl_keyfile")),
            VerifyHostName = group.Bool("ssl_enforce_hostname_verification", true, "The certificate must name the host of transport_url."),
        };
        foreach (var file in new[] { tls.CaFile, tls.CertFile, tls.KeyFile }.OfType<string>().Where(f => tls.Enabled && !File.Exists(f)))
            reader.Fault($"[{group.Name}] no such file: {file}");
        return tls;
    }
}
