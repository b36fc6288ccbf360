namespace Cascade.Agent.Events;

/// <summary>How many events were told, lost and heard; shown in /status.</summary>
sealed class EventCounts : IStatusSource
{
    long told;
    long dropped;
    long heard;

    public string Name => "events";

    public void Told() => Interlocked.Increment(ref told);

    public void Dropped() => Interlocked.Increment(ref dropped);

    public void Heard() => Interlocked.Increment(ref heard);

    public IEnumerable<KeyValuePair<string, string>> Read() =>
        [new("told", $"{Interlocked.Read(ref told)}"), new("dropped", $"{Interlocked.Read(ref dropped)}"), new("heard", $"{Interlocked.Read(ref heard)}")];
}
