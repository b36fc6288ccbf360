using Cascade.Agent;
using Cascade.Agent.Verbs;
using Cascade.NovaProxy.Parent;

namespace Cascade.NovaProxy.Servers;

/// <summary>
/// An instance whose link is lost, or leads to a server that is gone, is linked to the server that has its stamp. Whoever needs the server does the same, so it does no
/// harm beside an agent that runs; but until somebody does, nothing of it is watched.
/// </summary>
internal sealed class Adoption(Instances instances, ChildServers servers, HostIdentity identity) : IAdoption
{
    public async Task<string> AdoptAsync(string parentId, CancellationToken cancelled)
    {
        var context = RequestIds.Admin();
        var row = await instances.GetAsync(context, parentId, cancelled) ?? throw new AgentException($"The parent has no instance {parentId}.");
        return row.Text("host") == identity.Host
            ? (await servers.GetAsync(row, context, cancelled)).Id
            : throw new AgentException($"Instance {parentId} is on {(row.Text("host") is { } host ? $"host {host}" : "no host")}, and this is {identity.Host}.");
    }
}
