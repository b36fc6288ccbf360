using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Messaging.Topology;

/// <summary>
/// Names for fanout and reply queues (oslo_messaging/_drivers/impl_rabbit.py: QManager): one counter for all of a transport, so
/// that a restarted process finds its own queues again.
/// </summary>
sealed class QueueNames(RabbitOptions options)
{
    int counter;

    public string Reply() => "reply_" + Suffix();

    public string Fanout(string topic) => options.RabbitStreamFanout ? topic + "_fanout" : $"{topic}_fanout_{Suffix()}";

    string Suffix() => options.UseQueueManager ? $"{options.HostName}:{options.ProcessName}:{Interlocked.Increment(ref counter)}" : OsloId.New();
}
