using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace Cascade.Oslo.Messaging.Rabbit;

/// <summary>
/// One connection for one purpose, kept up for ever: hosts shuffled once, tried in turn, with oslo's intervals
/// (oslo_messaging/_drivers/impl_rabbit.py: Connection.ensure_connection). Connects on first use.
/// </summary>
sealed class RabbitLink(RabbitOptions options, string purpose, RabbitLinks links, ILogger log, TimeProvider clock) : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    bool disposed;
    readonly RabbitHost[] hosts = Shuffled(options.Hosts);
    TaskCompletionSource<RabbitSession> current = NewCurrent();
    RabbitSession? up;
    Task? keeping;
    int next;

    /// <summary>The session that is up, or the next one.</summary>
    public Task<RabbitSession> SessionAsync(CancellationToken cancelled)
    {
        Task<RabbitSession> task;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
            keeping ??= Task.Run(KeepAsync, CancellationToken.None);
            task = current.Task;
        }

        return task.IsCompletedSuccessfully ? task : task.WaitAsync(cancelled);
    }

    /// <summary>Runs <paramref name="work"/> on one session after the other. What it throws is logged and tried again after a pause, a <see cref="RabbitConfigurationException"/> is not.</summary>
    public async Task RunAsync(Func<RabbitSession, CancellationToken, Task> work, CancellationToken cancelled)
    {
        while (true)
        {
            var session = await SessionAsync(cancelled).ConfigureAwait(false);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(cancelled, session.Lost);
            try
            {
                await work(session, until.Token).ConfigureAwait(false);
            }
            catch (Exception failed) when (failed is not RabbitConfigurationException && !cancelled.IsCancellationRequested)
            {
                if (!session.Lost.IsCancellationRequested)
                {
                    var delay = Pause();
                    Log.SessionFailed(log, session.Host.ToString(), purpose, Reason(failed), delay);
                    await Task.Delay(delay, clock, cancelled).ConfigureAwait(false);
                }
            }

            cancelled.ThrowIfCancellationRequested();
            if (session.Lost.IsCancellationRequested)
            {
                lock (gate)
                {
                    Forget(session);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? kept;
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            kept = keeping;
        }

        await stop.CancelAsync().ConfigureAwait(false);
        if (kept is not null)
        {
            await kept.ConfigureAwait(false);
        }

        links.Forget(this);
        current.TrySetException(new ObjectDisposedException(purpose));
        _ = current.Task.Exception;
        stop.Dispose();
    }

    async Task KeepAsync()
    {
        try
        {
            for (var attempt = 0; ;)
            {
                var host = NextHost();
                RabbitSession session;
                try
                {
                    session = new(await RabbitConnector.ConnectAsync(options, host, stop.Token).ConfigureAwait(false), host);
                }
                catch (Exception failed) when (!stop.IsCancellationRequested)
                {
                    attempt++;
                    // Another host may be up: only a whole round of failures is worth a pause.
                    var delay = attempt % hosts.Length == 0 ? Interval(attempt / hosts.Length) : TimeSpan.Zero;
                    Tell(host, $"cannot be reached: {Reason(failed)}");
                    Log.ConnectFailed(log, host.ToString(), purpose, Reason(failed), delay);
                    await Task.Delay(delay, clock, stop.Token).ConfigureAwait(false);
                    continue;
                }
                catch (Exception) when (stop.IsCancellationRequested)
                {
                    // A host that refuses us in the moment of the stop says so, instead of the cancellation.
                    return;
                }

                attempt = 0;
                await UseAsync(session).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    async Task UseAsync(RabbitSession session)
    {
        await using (session.ConfigureAwait(false))
        {
            session.Connection.ConnectionBlockedAsync += (_, blocked) =>
            {
                session.Block();
                Tell(session.Host, $"blocks publishing: {blocked.Reason}");
                Log.ConnectionBlocked(log, session.Host.ToString(), purpose, blocked.Reason);
                return Task.CompletedTask;
            };
            session.Connection.ConnectionUnblockedAsync += (_, _) =>
            {
                session.Unblock();
                Tell(session.Host, null);
                Log.ConnectionUnblocked(log, session.Host.ToString(), purpose);
                return Task.CompletedTask;
            };
            Tell(session.Host, null);
            Log.Connected(log, session.Host.ToString(), session.Broker.ToString(), purpose);
            lock (gate)
            {
                up = session;
                current.TrySetResult(session);
            }

            var reason = await session.Ended.WaitAsync(stop.Token).ConfigureAwait(false);
            lock (gate)
            {
                Forget(session);
            }

            var delay = Pause();
            Telemetry.Reconnects.Add(1, new KeyValuePair<string, object?>("purpose", purpose));
            Tell(session.Host, $"has closed the connection: {reason}");
            Log.ConnectionLost(log, session.Host.ToString(), purpose, reason, delay);
            await Task.Delay(delay, clock, stop.Token).ConfigureAwait(false);
        }
    }

    void Forget(RabbitSession session)
    {
        if (ReferenceEquals(up, session))
        {
            up = null;
            current = NewCurrent();
        }
    }

    void Tell(RabbitHost host, string? trouble) => links.Tell(this, new(purpose, host.ToString(), trouble));

    RabbitHost NextHost() =>
        options.KombuFailoverStrategy == FailoverStrategy.Shuffle ? hosts[Random.Shared.Next(hosts.Length)] : hosts[next++ % hosts.Length];

    TimeSpan Interval(int round)
    {
        var interval = options.RabbitRetryInterval + ((round - 1) * options.RabbitRetryBackoff);
        return interval < options.RabbitIntervalMax ? interval : options.RabbitIntervalMax;
    }

    TimeSpan Pause() => options.KombuReconnectDelay + (options.KombuReconnectSplay * Random.Shared.NextDouble());

    static TaskCompletionSource<RabbitSession> NewCurrent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    static RabbitHost[] Shuffled(IReadOnlyList<RabbitHost> hosts)
    {
        RabbitHost[] shuffled = [.. hosts];
        Random.Shared.Shuffle(shuffled);
        return shuffled;
    }

    // BrokerUnreachableException says only that none of the endpoints was reachable; the cause is inside.
    internal static string Reason(Exception failed) =>
        failed is BrokerUnreachableException && failed.InnerException is { } inner ? Reason(inner)
        : failed is AggregateException { InnerException: { } first } ? Reason(first)
        : failed.Message;
}
