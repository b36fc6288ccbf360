using System.Collections.Concurrent;

namespace Cascade.Mirror.Vitals;

/// <summary>What was found to differ between the clouds though nobody here had ordered it, until it is told or put right. Any thread.</summary>
/// <param name="kind">As <see cref="Vital.Kind"/>.</param>
public sealed class Drift(string kind)
{
    readonly ConcurrentDictionary<string, byte> open = new(StringComparer.Ordinal);
    long found;
    long healed;

    /// <summary>Found and not yet healed.</summary>
    public int Open => open.Count;

    public long Found => Interlocked.Read(ref found);

    public long Healed => Interlocked.Read(ref healed);

    /// <summary>It differs; found once until it is healed.</summary>
    public void Find(string id)
    {
        if (open.TryAdd(id, 0))
        {
            Interlocked.Increment(ref found);
            Telemetry.DriftFound.Add(1, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    /// <summary>Both clouds agree about it again; of what never differed it means nothing.</summary>
    public void Heal(string id)
    {
        if (open.TryRemove(id, out _))
        {
            Interlocked.Increment(ref healed);
            Telemetry.DriftHealed.Add(1, new KeyValuePair<string, object?>("kind", kind));
        }
    }
}
