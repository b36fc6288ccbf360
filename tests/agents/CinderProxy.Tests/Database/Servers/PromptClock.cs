namespace CinderProxy.Tests.Database.Servers;

/// <summary>A clock that stands still and whose timers fire at once: a pause is a place in a test, not a time.</summary>
sealed class PromptClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>Told of each pause before it is over.</summary>
    public Action<TimeSpan> Paused { get; set; } = _ => { };

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        Paused(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
