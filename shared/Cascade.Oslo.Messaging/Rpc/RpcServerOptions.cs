using Cascade.Oslo.Wire.Failures;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>When a request is acknowledged.</summary>
public enum Acknowledge
{
    /// <summary>After its handler ended: what a crash interrupts is served again (D2).</summary>
    AfterHandler,

    /// <summary>On delivery, as a native server does: at most once.</summary>
    OnDelivery,
}

/// <summary>One topic, and which of its three queues are served.</summary>
/// <param name="Topic">For instance <c>compute</c>.</param>
/// <param name="Server">The server's name, natively the host.</param>
public sealed record RpcListen(string Topic, string Server)
{
    /// <summary>The queue all servers of the topic share, by turns.</summary>
    public bool TopicQueue { get; init; }

    /// <summary><c>topic.server</c>.</summary>
    public bool ServerQueue { get; init; } = true;

    public bool Fanout { get; init; }

    /// <summary>
    /// <c>topic.server</c> is declared by nobody but us: durable, one active consumer. False for native flags, where a Python service of the same host
    /// may come or go.
    /// </summary>
    public bool Private { get; init; } = true;

    /// <summary>The control exchange, null for the transport's own.</summary>
    public string? Exchange { get; init; }

    /// <summary>As natively: all three queues, all with native flags.</summary>
    public static RpcListen Native(string topic, string server) => new(topic, server) { TopicQueue = true, Fanout = true, Private = false };

    internal string Queue => $"{Topic}.{Server}";
}

/// <summary>How an <see cref="IRpcServer"/> serves.</summary>
public sealed record RpcServerOptions
{
    public required IReadOnlyList<RpcListen> Listen { get; init; }

    /// <summary>
    /// How many messages of one topic may be with us, unacknowledged: the only buffer there is. Full means that the broker waits. With
    /// <c>rabbit_qos_prefetch_count</c> above 0 that number is taken.
    /// </summary>
    public ushort Prefetch { get; init; } = 128;

    /// <summary>How many handlers of one topic may run at once; more than <see cref="Prefetch"/> never do.</summary>
    public int Concurrency { get; init; } = 128;

    public Acknowledge Acknowledge { get; init; } = Acknowledge.AfterHandler;

    /// <summary>
    /// Counted from delivery; then the handler is cancelled and a cast is parked. Well under the broker's <c>consumer_timeout</c> of 30 minutes, which
    /// would close the channel under everything else.
    /// </summary>
    public TimeSpan HandlerLimit { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// After so many failures of our own a cast is given up: exceptions are counted in memory (with a growing pause between attempts), deaths of the
    /// process in the broker.
    /// </summary>
    public int PoisonAfter { get; init; } = 5;

    /// <summary>How many finished messages are remembered, to know a second delivery.</summary>
    public int Remembered { get; init; } = 4096;

    /// <summary>How long a stop waits for running handlers before it cancels them; their messages come again.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a call hears when its handler throws <see cref="ParkException"/>.</summary>
    public Func<string, RpcFault> Unavailable { get; init; } = reason => new("builtins", "RuntimeError", reason);

    /// <summary>
    /// False for casts that are not worth keeping (fanouts, acknowledged on delivery): nothing is parked and nothing becomes a dead letter, and no queue is
    /// declared for either. A <see cref="ParkException"/> drops its cast.
    /// </summary>
    public bool Parks { get; init; } = true;

    /// <summary>Parked from the start: the child is not known to be there yet.</summary>
    public bool StartParked { get; init; }
}
