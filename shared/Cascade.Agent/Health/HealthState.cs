namespace Cascade.Agent;

/// <summary>How a component is. Only Down and Starting make the agent unhealthy; a standby is as it should be.</summary>
public enum HealthState
{
    Starting,
    Up,
    Standby,
    Down,
}
