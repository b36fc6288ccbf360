using System.Collections.Concurrent;

namespace Cascade.NeutronAgent.Looking;

/// <summary>
/// What a cloud refused of which thing, for a while: as long as it is remembered nobody asks again. A thousand ports that carry one group would each bring it anew, one
/// after the other, and hold up everybody else's.
/// </summary>
/// <param name="quiet">How long that is.</param>
/// <param name="time">Tells how long ago it was.</param>
public sealed class RecentRefusals<TKey, TRefusal>(TimeSpan quiet, TimeProvider time)
    where TKey : notnull
    where TRefusal : class
{
    readonly ConcurrentDictionary<TKey, (TRefusal Refusal, long At)> refused = new();

    /// <summary>Null when it is worth another try.</summary>
    public TRefusal? Of(TKey key) => refused.TryGetValue(key, out var no) && time.GetElapsedTime(no.At) < quiet ? no.Refusal : null;

    public void Remember(TKey key, TRefusal refusal) => refused[key] = (refusal, time.GetTimestamp());

    /// <summary>It was taken.</summary>
    public void Forget(TKey key) => refused.TryRemove(key, out _);
}
