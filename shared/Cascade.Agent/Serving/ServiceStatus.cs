namespace Cascade.Agent.Serving;

/// <summary>What this agent is in the parent, and whether this copy is the one, for <c>status</c>.</summary>
sealed class ServiceStatus(IStandIn service, AgentHealth health) : IStatusSource
{
    public string Name => "services";

    public IEnumerable<KeyValuePair<string, string>> Read() =>
        [new(service.Name, health.IsActive ? "this copy is the active one" : "standby: another copy is the active one"), new("lease", service.Lease)];
}
