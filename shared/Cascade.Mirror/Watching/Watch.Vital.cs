using Cascade.Mirror.Vitals;

namespace Cascade.Mirror.Watching;

public sealed partial class Watch<TSeen>
{
    /// <summary>How far behind the child this watch is, and what it waits for.</summary>
    public Vital Read()
    {
        var since = expected.Values.Select(one => one.Since).ToList();
        var seen = seenSince.Values.ToList();
        return new()
        {
            Kind = name,
            SinceLook = time.GetElapsedTime(Interlocked.Read(ref looked)),
            Untold = seen.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(seen.Min()),
            Pending = new("child", since.Count, since.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(since.Min())),
            Drift = drift,
        };
    }
}
