using System.Threading.Channels;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Events;

/// <summary>
/// Tells events one after the other, beside everything else. The buffer holds a thousand: full means that the oldest is dropped, for a newer hint is
/// the better one.
/// </summary>
sealed class EventTeller : BackgroundService, IEvents
{
    const int Room = 1000;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly IBus bus;
    readonly EventCounts counts;
    readonly TimeProvider time;
    readonly ILogger<EventTeller> log;
    readonly Channel<Func<CancellationToken, Task>> waiting;
    bool lost;

    public EventTeller(IBus bus, EventCounts counts, TimeProvider time, ILogger<EventTeller> log)
    {
        this.bus = bus;
        this.counts = counts;
        this.time = time;
        this.log = log;
        waiting = Channel.CreateBounded<Func<CancellationToken, Task>>(
            new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => counts.Dropped());
    }

    public bool IsOn => true;

    public void Tell<TEvent>(TEvent what)
        where TEvent : class => waiting.Writer.TryWrite(cancelled => bus.Publish(what, cancelled));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var tell in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await TellAsync(tell, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The orderly end; what still waits is a hint.
        }
    }

    async Task TellAsync(Func<CancellationToken, Task> tell, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await tell(either.Token).WaitAsync(either.Token);
            counts.Told();
            if (lost)
            {
                lost = false;
                Log.EventsBack(log);
            }
        }
#pragma warning disable CA1031 // The bus of the agents never harms an agent.
        catch (Exception fault) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            counts.Dropped();
            if (!lost)
            {
                lost = true;
                Log.EventsLost(log, fault.Message);
            }
        }
    }
}
