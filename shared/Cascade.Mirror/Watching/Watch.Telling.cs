namespace Cascade.Mirror.Watching;

public sealed partial class Watch<TSeen>
{
    List<Task> Tell(IReadOnlyList<TSeen> seen, long asked, CancellationToken cancelled)
    {
        foreach (var one in seen)
        {
            untold[watched.IdOf(one)] = new(one, asked);
            seenSince.TryAdd(watched.IdOf(one), asked);
        }

        return [.. untold.Keys.Select(id => TellOnce(id, cancelled))];
    }

    /// <summary>Reports of one id never overlap: the newest sight is told when the one before is through.</summary>
    Task TellOnce(string id, CancellationToken cancelled)
    {
        // Written down before it can be struck off: a telling may be over at once, and one that stayed here would silence its id for ever.
        lock (telling)
        {
            return telling.TryGetValue(id, out var running) ? running : telling[id] = TellAsync(id, cancelled);
        }
    }

    async Task TellAsync(string id, CancellationToken cancelled)
    {
        await Task.Yield();
        try
        {
            await places.WaitAsync(cancelled);
            try
            {
                if (untold.TryRemove(id, out var sight))
                {
                    await TellNewsAsync(id, sight, cancelled);
                }
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            lock (telling)
            {
                telling.Remove(id);
            }
        }
    }

    Task TellNewsAsync(string id, Sight<TSeen> sight, CancellationToken cancelled)
    {
        var fingerprint = watched.FingerprintOf(sight.Seen);
        if (told.TryGetValue(id, out var before))
        {
            if (before == fingerprint)
            {
                seenSince.TryRemove(id, out _);
                return Task.CompletedTask;
            }

            if (!expected.ContainsKey(id))
            {
                drift.Find(id);
            }
        }

        return TellAsync(id, sight, fingerprint, cancelled);
    }

    async Task TellAsync(string id, Sight<TSeen> sight, string fingerprint, CancellationToken cancelled)
    {
        told[id] = fingerprint;
        using var limit = new CancellationTokenSource(options.ReportLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancelled);
        try
        {
            await watched.ReportAsync(sight, both.Token);
            drift.Heal(id);
            if (expected.TryGetValue(id, out var expectation) && expectation.Since > sight.Asked)
            {
                // Seen before it was expected: the same sight, asked for later, is news.
                told.TryRemove(new(id, fingerprint));
            }

            if (!untold.ContainsKey(id))
            {
                seenSince.TryRemove(id, out _);
            }
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
        {
            Log.ReportFailed(log, fault, name, id, fault.Message);
            told.TryRemove(new(id, fingerprint));
            untold.TryAdd(id, sight);
        }
    }
}
