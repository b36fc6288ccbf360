namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// Starts work in the order it came, so many at once. Starting runs a handler up to its first await, one at a time: that is what lets an
/// endpoint queue by key. Whatever came after one that may not begin yet waits with it.
/// </summary>
sealed class Dispatcher
{
    readonly Lock gate;
    readonly int concurrency;
    readonly Probation probation;
    readonly Func<Work, Task> start;
    readonly CancellationToken stopping;
    readonly Queue<Work> pending = new();
    readonly List<TaskCompletionSource> idle = [];
    int running;
    int unsettled;
    bool starting;
    bool stopped;

    /// <param name="gate">The listener's one lock, shared with <see cref="Parking.ParkingLot"/>: what is decided there is started here in the same breath.</param>
    public Dispatcher(Lock gate, int concurrency, Probation probation, Func<Work, Task> start, CancellationToken stopping)
    {
        (this.gate, this.concurrency, this.probation, this.start, this.stopping) = (gate, concurrency, probation, start, stopping);
        probation.Freed = Wake;
    }

    public void Serve(Work work)
    {
        lock (gate)
        {
            pending.Enqueue(work);
            Start();
        }
    }

    /// <summary>A handler ended: its place is free.</summary>
    public void Ended(Work work)
    {
        probation.Leave(work);
        lock (gate)
        {
            running--;
            Start();
        }
    }

    /// <summary>Its reply and its acknowledgement are sent, too.</summary>
    public void Settled()
    {
        lock (gate)
        {
            unsettled--;
            Report();
        }
    }

    /// <summary>Starts nothing more, and ends when nothing runs any more.</summary>
    public Task StopAsync()
    {
        lock (gate)
        {
            stopped = true;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle.Add(waiter);
            Report();
            return waiter.Task;
        }
    }

    void Start()
    {
        // A handler that ends at once comes back here from within start: the loop below goes on with the place it freed.
        if (starting)
        {
            return;
        }

        starting = true;
        while (!stopped && running < concurrency && pending.TryPeek(out var next) && probation.Admits(next))
        {
            pending.Dequeue();
            running++;
            unsettled++;
            if (next.Deaths > 0)
            {
                _ = NoteAsync(next);
                return;
            }

            _ = start(next);
        }

        starting = false;
    }

    // Starting stands still meanwhile.
    async Task NoteAsync(Work next)
    {
        await probation.EnterAsync(next, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
        {
            if (stopped)
            {
                // Not begun and not acknowledged: it comes again.
                running--;
                unsettled--;
                Report();
                return;
            }

            _ = start(next);
            starting = false;
            Start();
        }
    }

    void Wake()
    {
        lock (gate)
        {
            Start();
        }
    }

    void Report()
    {
        if (unsettled == 0)
        {
            idle.ForEach(waiter => waiter.TrySetResult());
            idle.Clear();
        }
    }
}
