using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Topology;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Cascade.Oslo.Messaging.Leases;

/// <summary>
/// One active copy among many (D6): the exclusive consumer of <c>cascade.active.&lt;name&gt;</c>. The broker gives it to one connection at a time and takes it
/// back when that connection ends. Only the holder consumes and acts.
/// </summary>
/// <remarks>
/// A holder that is cut off must stop before the broker lets another begin. The broker looks once per heartbeat and takes the third silent look for the
/// end (rabbit_heartbeat.erl: heartbeater), six to nine seconds here; the holder asks every second and gives up when an answer takes longer than four. So a standby
/// follows one that stands still or is cut off within ten seconds, and one that died at once.
/// </remarks>
public sealed class ActiveLease : IAsyncDisposable
{
    const ushort AccessRefused = 403;

    /// <summary>The time a takeover takes when a machine dies without a word depends on it; with heartbeats off it would be the operating system's hours.</summary>
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);

    static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Ask = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    readonly string name;
    readonly OsloTopology topology;
    readonly RabbitLink link;
    readonly ILogger log;
    readonly TimeProvider clock;
    Task ended = Task.CompletedTask;
    int held;

    internal ActiveLease(RabbitOptions options, RabbitLinks links, string name, ILogger log, TimeProvider clock)
    {
        this.name = name;
        this.log = log;
        this.clock = clock;
        topology = new(options);
        link = links.New("lease " + name, log, Heartbeat);
    }

    public bool IsHeld => Volatile.Read(ref held) == 1;

    string Queue => "cascade.active." + name;

    /// <summary>
    /// Runs <paramref name="whileActive"/> whenever this copy is the active one. Its token is cancelled when the lease is lost; it must then stop at
    /// once, and is run again when the lease is back. Ends when <paramref name="whileActive"/> ends by itself or throws.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> whileActive, CancellationToken cancelled)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var refused = false;
        try
        {
            await link.RunAsync(
                async (session, lost) =>
                {
                    await DeclareAsync(session, lost);

                    while (!await TryHoldAsync(session, whileActive, done, lost))
                    {
                        if (!refused)
                        {
                            refused = true;
                            Log.LeaseRefused(log, name);
                        }

                        await Task.Delay(Retry, clock, lost);
                    }

                    refused = false;
                },
                done.Token);
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            // whileActive ended by itself.
            await ended;
        }
    }

    public ValueTask DisposeAsync() => link.DisposeAsync();

    async Task DeclareAsync(RabbitSession session, CancellationToken lost)
    {
        await using var declarer = new Declarer(session, log);
        // An earlier version made it a quorum queue, or an operator something else: nothing is in it.
        await declarer.QueueAnewAsync(OsloTopology.LeaseQueue(Queue, session.Broker), lost);
    }

    /// <returns>False when another copy holds it; true when it was held and is lost again.</returns>
    async Task<bool> TryHoldAsync(RabbitSession session, Func<CancellationToken, Task> whileActive, CancellationTokenSource done, CancellationToken lost)
    {
        await using var channel = await session.Connection.CreateChannelAsync(cancellationToken: lost);
        var end = new ChannelEnd(channel);
        try
        {
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.UnregisteredAsync += (_, _) => end.EndAsync("the broker cancelled the lease");
            await channel.BasicConsumeAsync(Queue, autoAck: true, "1", noLocal: false, exclusive: true, topology.ConsumerArguments(), consumer, lost);
        }
        catch (OperationInterruptedException no) when (no.ShutdownReason?.ReplyCode == AccessRefused)
        {
            return false;
        }

        Log.LeaseHeld(log, name);
        using var holding = CancellationTokenSource.CreateLinkedTokenSource(lost);
        Volatile.Write(ref held, 1);
        var work = Task.Run(() => whileActive(holding.Token), CancellationToken.None);
        var watch = WatchAsync(channel, end, holding.Token);
        var first = await Task.WhenAny(work, watch);
        Volatile.Write(ref held, 0);
        await holding.CancelAsync();
        // A lost connection cancels the work, which may end before the watch has noticed.
        if (first == work && !lost.IsCancellationRequested)
        {
            ended = work;
            await done.CancelAsync();
            return true;
        }

        Log.LeaseLost(log, name, watch.Exception?.InnerException?.Message ?? "the connection is lost");
        // A new lease is not asked for while the old holder is still at it.
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    async Task WatchAsync(IChannel channel, ChannelEnd end, CancellationToken holding)
    {
        var over = end.ThrowWhenEndedAsync(holding);
        while (true)
        {
            var first = await Task.WhenAny(over, Task.Delay(Ask, clock, holding));
            await first;
            await channel.QueueDeclarePassiveAsync(Queue, holding).WaitAsync(Patience, clock, holding);
        }
    }
}
