namespace Cascade.Mirror.Queue;

/// <summary>
/// Serial per key in the order of arrival, parallel across keys up to a budget. The place in the order is taken before the first await, so
/// whoever calls in the order of delivery gets that order.
/// </summary>
/// <param name="budget">How many keys are worked on at once; further ones wait in the order they became ready.</param>
/// <param name="capacity">
/// How many entries may be inside, working and waiting together. Not to be reached: it is set above what the source hands out unacknowledged
/// (the prefetch), so that the broker waits and not we. Beyond it <see cref="QueueFullException"/>.
/// </param>
public sealed class KeyedQueue(int budget, int capacity)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Queue<Turn>> lanes = new(StringComparer.Ordinal);
    readonly Queue<Turn> ready = [];
    readonly Queue<TaskCompletionSource> returning = [];
    int inside;
    int working;

    /// <summary>Entries inside, working and waiting.</summary>
    public int Inside
    {
        get
        {
            lock (gate)
            {
                return inside;
            }
        }
    }

    /// <summary>Keys that use the budget now.</summary>
    public int Working
    {
        get
        {
            lock (gate)
            {
                return working;
            }
        }
    }

    /// <summary>Runs the work when it is this key's turn.</summary>
    /// <param name="key">The thing it is about.</param>
    /// <param name="work">Gets its turn; its exceptions are the caller's.</param>
    /// <param name="interruptible">Whether <see cref="Interrupt"/> of the key ends <see cref="Turn.Cancelled"/> of this work.</param>
    /// <param name="cancelled">Leaves the queue, or ends <see cref="Turn.Cancelled"/> when it is running.</param>
    /// <exception cref="QueueFullException">There is no room; nothing was queued.</exception>
    public async Task<T> RunAsync<T>(string key, Func<Turn, Task<T>> work, bool interruptible = false, CancellationToken cancelled = default)
    {
        using var turn = Enter(key, interruptible, cancelled);
        try
        {
            await turn.Started.WaitAsync(cancelled);
            return await work(turn);
        }
        finally
        {
            Leave(turn);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(string key, Func<Turn, Task> work, bool interruptible = false, CancellationToken cancelled = default) =>
        RunAsync<object?>(
            key,
            async turn =>
            {
                await work(turn);
                return null;
            },
            interruptible,
            cancelled);

    /// <summary>Asks everything interruptible of this key, running or waiting, to end. What is not interruptible is left alone.</summary>
    /// <returns>How many were asked.</returns>
    public int Interrupt(string key)
    {
        Turn[] asked;
        lock (gate)
        {
            asked = lanes.TryGetValue(key, out var lane) ? [.. lane.Where(turn => turn.Interruptible)] : [];
        }

        foreach (var turn in asked)
        {
            turn.Interrupt();
        }

        return asked.Length;
    }

    /// <summary>Whether anything of this key is inside, running or waiting.</summary>
    public bool Contains(string key)
    {
        lock (gate)
        {
            return lanes.ContainsKey(key);
        }
    }

    Turn Enter(string key, bool interruptible, CancellationToken cancelled)
    {
        lock (gate)
        {
            if (inside >= capacity)
            {
                throw new QueueFullException(capacity);
            }

            var turn = new Turn(this, key, interruptible, cancelled);
            inside++;
            if (!lanes.TryGetValue(key, out var lane))
            {
                lanes[key] = lane = new();
            }

            lane.Enqueue(turn);
            if (lane.Count == 1)
            {
                ready.Enqueue(turn);
                Start();
            }

            return turn;
        }
    }

    void Leave(Turn turn)
    {
        lock (gate)
        {
            inside--;
            turn.HasLeft = true;
            if (turn.HasStarted)
            {
                working--;
                Next(turn.Key);
            }

            Start();
        }
    }

    /// <summary>Takes the head of the lane away; the one behind it becomes ready.</summary>
    void Next(string key)
    {
        var lane = lanes[key];
        lane.Dequeue();
        if (lane.TryPeek(out var behind))
        {
            ready.Enqueue(behind);
        }
        else
        {
            lanes.Remove(key);
        }
    }

    void Start()
    {
        while (working < budget)
        {
            if (returning.TryDequeue(out var waiting))
            {
                working++;
                waiting.SetResult();
            }
            else if (ready.TryDequeue(out var turn))
            {
                if (turn.HasLeft)
                {
                    // Cancelled while it waited: it never used the budget.
                    Next(turn.Key);
                    continue;
                }

                working++;
                turn.Start();
            }
            else
            {
                return;
            }
        }
    }

    internal void StepAside()
    {
        lock (gate)
        {
            working--;
            Start();
        }
    }

    internal Task ReturnAsync()
    {
        lock (gate)
        {
            if (working < budget)
            {
                working++;
                return Task.CompletedTask;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            returning.Enqueue(waiting);
            return waiting.Task;
        }
    }
}
