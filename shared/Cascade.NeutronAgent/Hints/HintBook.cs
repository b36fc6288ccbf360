namespace Cascade.NeutronAgent.Hints;

/// <summary>
/// Hints until somebody looks: one for each thing however often it is told, in the order of the first telling. Bounded: what does not fit
/// makes all of them one wish, to compare everything, which is less work than ten thousand single looks.
/// </summary>
public sealed class HintBook(int capacity)
{
    readonly Lock gate = new();
    readonly Dictionary<(string Type, string Id), LinkedListNode<Hint>> known = [];
    readonly LinkedList<Hint> order = new();
    TaskCompletionSource arrived = NewArrival();
    string? resync;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return order.Count;
            }
        }
    }

    public void Add(Hint hint)
    {
        lock (gate)
        {
            if (known.TryGetValue((hint.Type, hint.Id), out var node))
            {
                node.Value = node.Value.And(hint);
                return;
            }

            if (order.Count >= capacity)
            {
                Clear();
                resync ??= $"more than {capacity} hints waited";
            }
            else if (resync is null)
            {
                known[(hint.Type, hint.Id)] = order.AddLast(hint);
            }

            arrived.TrySetResult();
        }
    }

    /// <summary>Everything is to be compared: what is told before that begins is covered by it.</summary>
    public void Resync(string why)
    {
        lock (gate)
        {
            resync ??= why;
            Clear();
            arrived.TrySetResult();
        }
    }

    /// <summary>Ends when there is something to take.</summary>
    public Task ArrivalAsync(CancellationToken cancelled)
    {
        lock (gate)
        {
            return arrived.Task.WaitAsync(cancelled);
        }
    }

    /// <summary>The next thing to do, null when there is none: a comparison of everything before any hint.</summary>
    public HintTaken? Take()
    {
        lock (gate)
        {
            HintTaken? taken = null;
            if (resync is not null)
            {
                taken = new(resync, null);
                resync = null;
            }
            else if (order.First is { } first)
            {
                taken = new(null, first.Value);
                known.Remove((first.Value.Type, first.Value.Id));
                order.RemoveFirst();
            }

            if (order.Count == 0 && arrived.Task.IsCompleted)
            {
                arrived = NewArrival();
            }

            return taken;
        }
    }

    void Clear()
    {
        known.Clear();
        order.Clear();
    }

    static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Either why everything is to be compared, or one hint.</summary>
public sealed record HintTaken(string? Resync, Hint? Hint);
