using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>Makes the connections of one transport, and knows how each of them is.</summary>
sealed class RabbitLinks(RabbitOptions options, TimeProvider clock)
{
    readonly ConcurrentDictionary<RabbitLink, LinkState> states = new();

    public event EventHandler? Changed;

    /// <summary>Those that were used so far; by purpose.</summary>
    public IReadOnlyList<LinkState> States => [.. states.Values.OrderBy(state => state.Purpose, StringComparer.Ordinal)];

    /// <param name="purpose">For logs: what for.</param>
    /// <param name="heartbeat">Instead of the options' own.</param>
    public RabbitLink New(string purpose, ILogger log, TimeSpan? heartbeat = null) =>
        new(heartbeat is { } every ? options with { HeartbeatTimeoutThreshold = every } : options, purpose, this, log, clock);

    public void Tell(RabbitLink link, LinkState state)
    {
        states[link] = state;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    public void Forget(RabbitLink link)
    {
        if (states.TryRemove(link, out _))
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }
}
