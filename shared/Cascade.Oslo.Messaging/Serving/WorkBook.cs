namespace Cascade.Oslo.Messaging.Serving;

/// <summary>What is known of a message that arrives.</summary>
enum Seen
{
    New,
    InWork,
    Served,
}

/// <summary>
/// Duplicates by <c>_unique_id</c>. A native server remembers 16 (oslo_messaging/_drivers/amqpdriver.py: _DuplicatedMessages...); acknowledging late, we must
/// also know what is still in work: its second delivery is not served, it is acknowledged together with the first.
/// </summary>
sealed class WorkBook(int capacity)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Work?> known = new(StringComparer.Ordinal);
    readonly Queue<string> served = new();

    public Seen Take(Work work, Delivery delivery)
    {
        lock (gate)
        {
            if (work.Request.UniqueId is not { } id)
            {
                work.Deliveries.Add(delivery);
                return Seen.New;
            }

            if (!known.TryGetValue(id, out var before))
            {
                known[id] = work;
                work.Deliveries.Add(delivery);
                return Seen.New;
            }

            before?.Deliveries.Add(delivery);
            return before is null ? Seen.Served : Seen.InWork;
        }
    }

    /// <summary>It was served: another delivery is a duplicate.</summary>
    /// <returns>All its deliveries, to be acknowledged.</returns>
    public Delivery[] Served(Work work)
    {
        lock (gate)
        {
            if (work.Request.UniqueId is { } id)
            {
                known[id] = null;
                served.Enqueue(id);
                while (served.Count > capacity && served.TryDequeue(out var oldest))
                {
                    if (known.TryGetValue(oldest, out var again) && again is null)
                    {
                        known.Remove(oldest);
                    }
                }
            }

            return [.. work.Deliveries];
        }
    }

    /// <summary>It was not served here: the next delivery is served as if it were the first.</summary>
    public Delivery[] Forget(Work work)
    {
        lock (gate)
        {
            if (work.Request.UniqueId is { } id && known.TryGetValue(id, out var mine) && mine == work)
            {
                known.Remove(id);
            }

            return [.. work.Deliveries];
        }
    }
}
