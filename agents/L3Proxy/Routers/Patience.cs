using System.Collections.Concurrent;

namespace Cascade.L3Proxy.Routers;

/// <summary>How long to wait before the next look at what is awaited: a quarter of what it has taken so far, between two bounds. Some wait for seconds, some for a server that comes next week.</summary>
internal sealed class Patience(TimeSpan shortest, TimeSpan longest, TimeProvider time)
{
    readonly ConcurrentDictionary<string, long> since = new(StringComparer.Ordinal);

    public TimeSpan Next(string id) =>
        TimeSpan.FromSeconds(Math.Clamp(time.GetElapsedTime(since.GetOrAdd(id, _ => time.GetTimestamp())).TotalSeconds / 4, shortest.TotalSeconds, longest.TotalSeconds));

    /// <summary>It has come, or is not awaited any more.</summary>
    public void Over(string id) => since.TryRemove(id, out _);
}
