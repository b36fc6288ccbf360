using System.Globalization;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Topology;

namespace Cascade.Oslo.Messaging.Parking;

/// <summary>
/// Where messages go that nobody can serve: <c>&lt;queue&gt;.dead</c>, durable. Published and confirmed before the original is acknowledged, instead
/// of the broker's own dead-lettering: that one has no word for our reason, and would also keep every call that expired.
/// </summary>
sealed class DeadLetterBox(string queue, OsloTopology topology, Publisher publisher, TimeProvider clock)
{
    // Reasons come from exceptions; a header is no place for a page.
    const int LongestReason = 1000;

    public static string NameOf(string queue) => queue + ".dead";

    volatile bool used;

    public string Name { get; } = NameOf(queue);

    /// <summary>Something was put there by this process: the queue is there.</summary>
    public bool IsUsed => used;

    public async Task PutAsync(byte[] body, string reason, IReadOnlyDictionary<string, object?>? headers, CancellationToken cancelled)
    {
        await publisher.PublishAsync(
            new("", Name, body)
            {
                First = (declarer, token) => declarer.OwnQueueAsync(topology.KeptQueue(Name, declarer.Broker), token),
                Declares = Name,
                Mandatory = true,
                MayCompress = false,
                Headers = new Dictionary<string, object?>(headers ?? new Dictionary<string, object?>())
                {
                    [Headers.Reason] = reason.Length > LongestReason ? reason[..LongestReason] : reason,
                    [Headers.At] = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                    [Headers.Queue] = queue,
                },
            },
            cancelled);
        used = true;
    }
}
