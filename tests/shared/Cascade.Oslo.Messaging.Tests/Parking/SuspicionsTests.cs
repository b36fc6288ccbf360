using Cascade.Oslo.Messaging.Parking;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Messaging.Topology;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Tests.Parking;

[TestFixture]
public sealed class SuspicionsTests
{
    const string Queue = "compute.host1";
    const int Enough = 1000;

    [Test]
    public async Task Notes_whose_reading_was_interrupted_count_once()
    {
        await using var lane = await Lane.OpenAsync();
        await using var publisher = new Publisher(lane.Options, new(lane.Options, TimeProvider.System), lane.Log);
        var earlier = new Suspicions(Queue, new(lane.Options), publisher);
        await earlier.NoteAsync("one", CancellationToken.None);
        await earlier.NoteAsync("one", CancellationToken.None);
        await earlier.NoteAsync(new('x', Enough + 1), CancellationToken.None);
        var suspicions = new Suspicions(Queue, new(lane.Options), publisher);

        // The client breaks a connection that brings a larger message than it allows: here the third.
        await using (var broken = await ConnectAsync(lane, Enough))
        {
            Assert.CatchAsync(() => ReadAsync(suspicions, broken, lane));
        }

        await Wait.UntilAsync(async () => await lane.TakenAsync("cascade.suspects." + Queue) == 0, "the broker has noticed its end");
        await using var whole = await ConnectAsync(lane, 2 * Enough);
        await ReadAsync(suspicions, whole, lane);

        Assert.That(suspicions.Deaths("one"), Is.EqualTo(3), "two that are noted, and the life that had it first");
    }

    static async Task ReadAsync(Suspicions suspicions, RabbitSession session, Lane lane)
    {
        await using var declarer = new Declarer(session, lane.Log);
        await suspicions.ReadAsync(session, declarer, CancellationToken.None);
    }

    static async Task<RabbitSession> ConnectAsync(Lane lane, uint most)
    {
        var factory = new ConnectionFactory
        {
            HostName = "127.0.0.1", Port = lane.Broker.Port, VirtualHost = lane.Vhost, AutomaticRecoveryEnabled = false, MaxInboundMessageBodySize = most,
        };
        return new(await factory.CreateConnectionAsync(), lane.Options.Hosts[0]);
    }
}
