namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>What must fit together; all that is wrong is said at once.</summary>
public static class RabbitOptionsRules
{
    /// <summary>One line per mistake, in the operator's words; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(RabbitOptions options)
    {
        var wrong = new List<string>();
        void Rule(bool broken, string text)
        {
            if (broken)
            {
                wrong.Add("[oslo_messaging_rabbit] " + text);
            }
        }

        Rule(options.Hosts.Count == 0, "transport_url names no host");
        // impl_rabbit.py: Connection.__init__ raises RuntimeError for the first two.
        Rule(options is { RabbitQuorumQueue: true, RabbitHaQueues: true }, "rabbit_quorum_queue and rabbit_ha_queues exclude each other");
        Rule(
            options.RabbitStreamFanout && !(options.RabbitTransientQuorumQueue && options.RabbitQosPrefetchCount > 0),
            "rabbit_stream_fanout needs rabbit_transient_quorum_queue and a rabbit_qos_prefetch_count above 0");
        // The broker answers 406 invalid property 'auto-delete'.
        Rule(options is { RabbitQuorumQueue: true, AmqpAutoDelete: true }, "rabbit_quorum_queue and amqp_auto_delete exclude each other");
        Rule(options.PublishesInFlight < 1, "at least one publish must be allowed in flight");
        Rule(options.Tls is { CertFile: null, KeyFile: not null }, "ssl_key_file without ssl_cert_file");
        return wrong;
    }

    /// <exception cref="RabbitConfigurationException">Names every mistake.</exception>
    public static void Require(RabbitOptions options)
    {
        if (Check(options) is { Count: > 0 } wrong)
        {
            throw new RabbitConfigurationException(string.Join("; ", wrong));
        }
    }
}
