using Cascade.Oslo.Messaging.Leases;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Topology;
using Microsoft.Extensions.Logging;

namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// A server of one or more topics on a connection of its own. Two copies of one server must not serve at once: start it under an
/// <see cref="ActiveLease"/>; the broker's single active consumer is the second lock, not the first.
/// </summary>
public sealed class RpcServer : IRpcServer, IAsyncDisposable
{
    /// <summary>For an answer of a broker that may have gone without a word; the client itself waits 20 s for one.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly RpcServerOptions serving;
    readonly ILogger log;
    readonly TimeProvider clock;
    readonly RabbitLink link;
    readonly List<Listener> listeners;
    readonly CancellationTokenSource stopping = new();
    readonly CancellationTokenSource closing = new();
    Task? running;

    internal RpcServer(
        RabbitOptions options, RabbitLinks links, RpcServerOptions serving, IRpcEndpoint endpoint, Publisher publisher, QueueNames names, ILogger log, TimeProvider clock)
    {
        this.serving = serving;
        this.log = log;
        this.clock = clock;
        // As often as the lease: the next holder's consumers stand behind ours until the broker takes this connection for dead.
        link = links.New("listen", log, options.HeartbeatTimeoutThreshold is var own && own > TimeSpan.Zero && own < ActiveLease.Heartbeat ? own : ActiveLease.Heartbeat);
        var replier = new Replier(publisher, log, clock);
        listeners = [.. serving.Listen.Select(listen => new Listener(options, serving, listen, endpoint, publisher, replier, names, log, clock, stopping.Token))];
    }

    /// <summary>
    /// A topic is served again after its connection or channel was lost: what was sent to fanouts meanwhile may be lost. Raised once for each topic; handlers
    /// return at once.
    /// </summary>
    public event EventHandler? Reconnected;

    /// <summary>Ends with the mistake when the broker refuses the configuration for good; otherwise with the server.</summary>
    public Task Completion => running ?? Task.CompletedTask;

    /// <summary>The queues it reads, and where it puts aside what it cannot serve.</summary>
    public IReadOnlyList<ServedQueue> Queues => [.. listeners.SelectMany(listener => listener.Queues)];

    /// <summary>Returns when every queue is declared, bound and consumed; waits for the broker if need be.</summary>
    /// <exception cref="RabbitConfigurationException">The broker has something shared with other arguments than the options say.</exception>
    public async Task StartAsync(CancellationToken cancelled)
    {
        var started = listeners.ConvertAll(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        running = Task.WhenAll(listeners.Select((listener, at) => RunAsync(listener, started[at])));
        var all = Task.WhenAll(started.Select(one => one.Task));
        await (await Task.WhenAny(all, running).WaitAsync(cancelled));
        await all.WaitAsync(cancelled);
    }

    /// <summary>Takes nothing new, waits <see cref="RpcServerOptions.StopGrace"/> for what is in work, then cancels it: its messages come again.</summary>
    public async Task StopAsync(CancellationToken cancelled)
    {
        try
        {
            await Task.WhenAll(listeners.Select(listener => listener.StopConsumingAsync(Patience, cancelled)));
            await Task.WhenAny(IdleAsync(), Task.Delay(serving.StopGrace, clock, cancelled));
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>The lease is lost, and another copy may be at it already: begins nothing more and cancels what is in work at once. Its messages come again, there.</summary>
    public async Task AbandonAsync()
    {
        _ = IdleAsync();
        await stopping.CancelAsync();
        try
        {
            await Task.WhenAll(listeners.Select(listener => listener.StopConsumingAsync(Patience, CancellationToken.None)));
        }
        finally
        {
            await EndAsync();
        }
    }

    public Task ParkAsync(string reason, CancellationToken cancelled)
    {
        listeners.ForEach(listener => listener.Parking.Park(reason));
        return Task.CompletedTask;
    }

    public Task ResumeAsync(CancellationToken cancelled)
    {
        listeners.ForEach(listener => listener.Parking.Resume());
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (!stopping.IsCancellationRequested)
        {
            await StopAsync(CancellationToken.None);
        }

        await link.DisposeAsync();
        await EndedAsync();
        listeners.ForEach(listener => listener.Dispose());
        stopping.Dispose();
        closing.Dispose();
    }

    Task IdleAsync() => Task.WhenAll(listeners.Select(listener => listener.IdleAsync()));

    async Task EndedAsync() => await (running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    async Task EndAsync()
    {
        await stopping.CancelAsync();
        // What is cancelled ends at once, or it is not ours to wait for.
        await Task.WhenAny(IdleAsync(), Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None));
        await closing.CancelAsync();
        // Nor are channels that wait for a broker's goodbye.
        await Task.WhenAny(EndedAsync(), Task.Delay(Patience, clock, CancellationToken.None));
    }

    void Started(TaskCompletionSource started)
    {
        if (!started.TrySetResult())
        {
            Reconnected?.Invoke(this, EventArgs.Empty);
        }
    }

    async Task RunAsync(Listener listener, TaskCompletionSource started)
    {
        try
        {
            await link.RunAsync((session, cancelled) => listener.ServeAsync(session, () => Started(started), cancelled), closing.Token);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            started.TrySetCanceled(closing.Token);
        }
        catch (Exception refused)
        {
            Log.Interrupted(log, string.Join(", ", serving.Listen.Select(listen => listen.Queue)), refused.Message);
            started.TrySetException(refused);
            throw;
        }
    }
}
