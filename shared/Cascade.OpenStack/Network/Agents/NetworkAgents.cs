using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Agents of this Neutron (neutron/db/agents_db.py); for administrators. They make themselves, by reporting.</summary>
public sealed class NetworkAgents : Collection<NetworkAgent, NetworkAgentFilter>
{
    internal NetworkAgents(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/agents", "agent", "agents", NetworkJson.Default.NetworkAgent))
    {
    }

    public Task<NetworkAgent> UpdateAsync(Scope scope, string id, NetworkAgentUpdate changes, CancellationToken cancelled) =>
        OneAsync(
            scope,
            new ApiRequest(HttpMethod.Put, PathOf(id))
            {
                Content = () => Envelope.Of(Shape.Singular, changes, NetworkJson.Default.NetworkAgentUpdate), Idempotent = true,
            },
            cancelled);
}
