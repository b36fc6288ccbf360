namespace Cascade.Oslo.Messaging.Topology;

/// <summary>What kind of queue, for labels of metrics.</summary>
public enum QueueRole
{
    /// <summary>Shared by all servers of a topic, or one server's own.</summary>
    Topic,

    /// <summary>This process's own copy of what is told to all servers of a topic.</summary>
    Fanout,

    /// <summary>What was put aside until the child is back.</summary>
    Parked,

    /// <summary>What was given up.</summary>
    Dead,
}

/// <summary>A queue that a server reads or writes.</summary>
/// <param name="Name">As on the broker.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Shown">A name that stays the same: that of a fanout queue changes with each start.</param>
/// <param name="Exists">False for one that is made when it is first needed, as far as this process knows.</param>
public sealed record ServedQueue(string Name, QueueRole Role, string Shown, bool Exists = true);

/// <summary>What an AMQP client may know of a queue (queue.declare-ok).</summary>
/// <param name="Queue">Which.</param>
/// <param name="Messages">That wait to be delivered; those with a server, unacknowledged, are not among them.</param>
/// <param name="Consumers">How many have it open.</param>
/// <param name="Waiting">
/// Since the queue was last seen without a message, zero when it is without: AMQP does not tell the age of a message, and of a queue that never drains this is an upper bound of it.
/// </param>
public sealed record QueueDepth(ServedQueue Queue, uint Messages, uint Consumers, TimeSpan Waiting);
