namespace Cascade.Oslo.Messaging.Serving;

/// <summary>
/// Starts work in the order it came, so many at once. Starting runs a handler up to its first await, one at a time: that is what lets an
/// endpoint queue by key.
/// </summary>
/// <param name="gate">The listener's one lock, shared with <see cref="Parking.ParkingLot"/>: what is decided there is started here in the same breath.</param>
sealed class Dispatcher(Lock gate, int concurrency, Func<Work, Task> start)
{
    readonly Queue<Work> pending = new();
    readonly List<TaskCompletionSource> idle = [];
    int running;
    int unsettled;
    bool starting;
    bool stopped;

    public void Serve(Work work)
    {
        lock (gate)
        {
            pending.Enqueue(work);
            Start();
        }
    }

    /// <summary>A handler ended: its place is free.</summary>
    public void Ended()
    {
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
        while (!stopped && running < concurrency && pending.TryDequeue(out var next))
        {
            running++;
            unsettled++;
            _ = start(next);
        }

        starting = false;
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
