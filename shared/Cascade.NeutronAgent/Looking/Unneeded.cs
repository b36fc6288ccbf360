using System.Collections.Concurrent;

namespace Cascade.NeutronAgent.Looking;

/// <summary>Since when nobody has needed which thing. What the last one left is left alone for a while: servers come and go together.</summary>
public sealed class Unneeded(TimeProvider time)
{
    /// <summary>So long.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, long> since = new(StringComparer.Ordinal);

    /// <summary>Passes what may be taken away now.</summary>
    /// <param name="id">The parent's.</param>
    /// <param name="compared">Whether everything was compared once: until then what needs it may not be known.</param>
    /// <exception cref="LaterException">It has not been unneeded for long.</exception>
    public void Confirm(string id, bool compared)
    {
        if (!compared)
        {
            throw new LaterException(TimeSpan.FromSeconds(10), "not everything was compared yet");
        }

        var left = Grace - time.GetElapsedTime(since.GetOrAdd(id, _ => time.GetTimestamp()));
        if (left > TimeSpan.Zero)
        {
            throw new LaterException(left, "nobody needs it; it is left alone for a while");
        }
    }

    /// <summary>It is needed, or gone.</summary>
    public void Forget(string id) => since.TryRemove(id, out _);
}
