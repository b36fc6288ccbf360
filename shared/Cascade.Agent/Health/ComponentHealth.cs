namespace Cascade.Agent;

/// <summary>One component's state and since when it holds.</summary>
public sealed record ComponentHealth(string Name, HealthState State, string Detail, DateTimeOffset Since);
