namespace Cascade.OpenStack;

/// <summary>
/// The clock of a cloud's service, by the <c>Date</c> header of its answers (whole seconds). Cursors for <c>changes-since</c> are taken from
/// it, so that a clock of ours that is wrong loses nothing. Read it before a list is asked for, not after: the header is written when
/// the answer is, and what changes in between belongs to the next list.
/// </summary>
/// <param name="time">Our clock; only differences of it are used.</param>
public sealed class CloudClock(TimeProvider time)
{
    private readonly Lock gate = new();
    private DateTimeOffset? seen;
    private long seenAt;

    /// <summary>
    /// The cloud's time now: the latest <c>Date</c> seen and what has passed here since. Null before the first answer. It is a lower bound
    /// but for the drift of the two clocks: the header was cut to seconds and is as old as the answer's way to us.
    /// </summary>
    public DateTimeOffset? Now
    {
        get
        {
            lock (gate)
            {
                return seen + time.GetElapsedTime(seenAt);
            }
        }
    }

    internal void Observe(DateTimeOffset? date)
    {
        if (date is not { } said)
        {
            return;
        }

        lock (gate)
        {
            seen = said;
            seenAt = time.GetTimestamp();
        }
    }
}
