namespace Cascade.Contracts.Nova.States;

/// <summary>nova/compute/power_state.py; a child's <c>OS-EXT-STS:power_state</c> uses the same numbers.</summary>
public enum PowerState
{
    NoState = 0,
    Running = 1,
    Paused = 3,
    Shutdown = 4,
    Crashed = 6,
    Suspended = 7,
}
