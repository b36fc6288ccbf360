namespace Cascade.Agent.Events;

/// <summary>
/// What one agent tells another over the bus of the agents (D13). An event is a hint: who misses it finds out by himself, only later. So telling never waits
/// and never fails, whatever becomes of the bus.
/// </summary>
public interface IEvents
{
    /// <summary>False when no bus is configured: then nothing is sent and nothing is heard.</summary>
    bool IsOn { get; }

    /// <summary>Tells whoever listens; returns at once. With the bus away the last thousand wait a while, then they are dropped.</summary>
    /// <typeparam name="TEvent">A record of the contract of events.</typeparam>
    void Tell<TEvent>(TEvent what)
        where TEvent : class;
}

/// <summary>Hears one kind of event. Every copy of an agent hears every event, standby copies and those of other children too: look at its host first.</summary>
public interface IHear<in TEvent>
    where TEvent : class
{
    /// <summary>May come twice, late, or never. What it throws is logged; the event is gone.</summary>
    Task HearAsync(TEvent what, CancellationToken cancelled);
}
