using Cascade.Oslo.Messaging.Topology;

namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>One message on its way out.</summary>
/// <param name="Exchange">The exchange; "" is the default one, whose keys are queue names.</param>
/// <param name="RoutingKey">The routing key.</param>
/// <param name="Body">The whole body, enveloped.</param>
sealed record Outgoing(string Exchange, string RoutingKey, byte[] Body)
{
    /// <summary>What must exist before the first publish on a connection; null when it is not for the sender to declare.</summary>
    public Func<Declarer, CancellationToken, Task>? First { get; init; }

    /// <summary>What <see cref="First"/> declares, in one word.</summary>
    public string Declares { get; init; } = Exchange;

    /// <summary>Unroutable is an error.</summary>
    public bool Mandatory { get; init; }

    /// <summary>After this time the broker drops it unread; calls have one.</summary>
    public TimeSpan? Expires { get; init; }

    public IReadOnlyDictionary<string, object?>? Headers { get; init; }

    /// <summary>False for bodies that go on as they came.</summary>
    public bool MayCompress { get; init; } = true;
}
