namespace Cascade.Interop.Peers;

/// <summary>A clock that runs so many times faster: what takes a minute by the rules takes seconds here, in the right order.</summary>
public sealed class FastClock(int times) : TimeProvider
{
    readonly DateTimeOffset began = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => began + ((System.GetUtcNow() - began) * times);

    public override long GetTimestamp() => System.GetTimestamp() * times;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period)), this);

    TimeSpan Shorter(TimeSpan time) => time > TimeSpan.Zero ? time / times : time;

    sealed class Timer(ITimer inner, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Shorter(dueTime), clock.Shorter(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
