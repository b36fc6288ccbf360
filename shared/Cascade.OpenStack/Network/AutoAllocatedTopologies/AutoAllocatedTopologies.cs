using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>The network that Neutron makes for a project by itself (neutron_lib/api/definitions/auto_allocated_topology.py).</summary>
public sealed record AutoAllocatedTopology
{
    /// <summary>The network's id.</summary>
    public required string Id { get; init; }
}

/// <summary>What <c>--nic auto</c> asks for.</summary>
public sealed class AutoAllocatedTopologies
{
    private readonly ServiceClient client;

    internal AutoAllocatedTopologies(ServiceClient client) => this.client = client;

    /// <summary>The project's network, made with subnets and router if it has none. Conflict when no default external network is there to make it from.</summary>
    public Task<AutoAllocatedTopology> GetAsync(Scope scope, string projectId, CancellationToken cancelled) => client.SendAsync(
        scope,
        ApiRequest.Get($"/auto-allocated-topology/{Uri.EscapeDataString(projectId)}"),
        body => Envelope.Read(body, "auto_allocated_topology", NetworkJson.Default.AutoAllocatedTopology),
        cancelled);
}
