using System.Text;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;

namespace Cascade.Oslo.Messaging.Parking;

/// <summary>
/// Counts how often a message was with a process that died. A classic queue says only that it was delivered before, and putting it back with a
/// counter would cost its place in the line; so each further time that an unfinished message is begun leaves a note in
/// <c>cascade.suspects.&lt;queue&gt;</c> first. The notes are read at start and stay where they are; they fade after six hours. A message that
/// kills us cannot loop: it leaves one note per death, and is given up when there are enough.
/// </summary>
sealed class Suspicions(string queue, OsloTopology topology, Publisher publisher)
{
    const int Most = 10_000;

    static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);

    readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    readonly Lock gate = new();
    bool read;

    string Name { get; } = "cascade.suspects." + queue;

    /// <summary>Reads what earlier lives have noted; once per life.</summary>
    public async Task ReadAsync(RabbitSession session, Declarer declarer, CancellationToken cancelled)
    {
        // An earlier version made it a classic queue, which is away with its node; notes may be lost.
        await declarer.QueueAnewAsync(Spec(session.Broker), cancelled);
        if (read)
        {
            return;
        }

        await using var channel = await session.Connection.CreateChannelAsync(cancellationToken: cancelled);
        lock (gate)
        {
            // A reading that its connection interrupted has counted some: all are read anew.
            counts.Clear();
        }

        ulong last = 0;
        while (await channel.BasicGetAsync(Name, autoAck: false, cancelled) is { } note)
        {
            last = note.DeliveryTag;
            var words = Encoding.UTF8.GetString(note.Body.Span).Split(' ');
            lock (gate)
            {
                counts[words[0]] = words is [_, "cleared"] ? 0 : counts.GetValueOrDefault(words[0]) + 1;
            }
        }

        if (last > 0)
        {
            await channel.BasicNackAsync(last, multiple: true, requeue: true, cancelled);
        }

        read = true;
    }

    /// <summary>How many lives have died with one that is delivered again: those that are noted, and the one that had it first.</summary>
    public int Deaths(string uniqueId)
    {
        lock (gate)
        {
            return counts.GetValueOrDefault(uniqueId) + 1;
        }
    }

    /// <summary>Notes that one that was delivered before is begun again.</summary>
    public Task NoteAsync(string uniqueId, CancellationToken cancelled)
    {
        lock (gate)
        {
            counts[uniqueId] = counts.GetValueOrDefault(uniqueId) + 1;
        }

        return WriteAsync(uniqueId, cancelled);
    }

    /// <summary>It will not come again.</summary>
    public void Forget(string uniqueId)
    {
        lock (gate)
        {
            counts.Remove(uniqueId);
        }
    }

    /// <summary>It came to an end after all, if not to a good one: parked, or left by a stop.</summary>
    public Task ClearAsync(string uniqueId, CancellationToken cancelled)
    {
        Forget(uniqueId);
        return WriteAsync(uniqueId + " cleared", cancelled);
    }

    Task WriteAsync(string note, CancellationToken cancelled) =>
        publisher.PublishAsync(
            new("", Name, Encoding.UTF8.GetBytes(note)) { First = (declarer, token) => declarer.OwnQueueAsync(Spec(declarer.Broker), token), Declares = Name, MayCompress = false },
            cancelled);

    QueueSpec Spec(Version broker) => topology.FadingQueue(Name, broker, Lifetime, Most);
}
