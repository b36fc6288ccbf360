namespace CinderProxy.Tests.Support;

/// <summary>The system's clock, put forward when the test says so; what waits for a time waits for the real one.</summary>
sealed class ShiftedTime : TimeProvider
{
    TimeSpan shift;

    public void Advance(TimeSpan time) => shift += time;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(shift.TotalSeconds * TimestampFrequency);
}
