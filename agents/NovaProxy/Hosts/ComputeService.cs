using Cascade.Agent;
using Cascade.NovaProxy.Parent;

namespace Cascade.NovaProxy.Hosts;

/// <summary>The nova-compute that we are.</summary>
internal sealed class ComputeService(HostIdentity identity, ParentReadiness parent, HostKeeper host, ServerFactory servers) : IStandIn
{
    public string Name => $"nova-compute {identity.Host}";

    public string Lease => $"nova-proxy.{identity.Host}";

    public bool HearsFirst => false;

    /// <inheritdoc/>
    /// <exception cref="AgentException">The parent is older than what this build serves.</exception>
    public async Task<string> FindParentAsync(CancellationToken cancelled)
    {
        await parent.WaitAsync(cancelled);
        return "conductor answers";
    }

    /// <returns>False when the child is away but we were a host before: then we go on being one.</returns>
    public Task<bool> RegisterAsync(CancellationToken cancelled) => host.RegisterAsync(cancelled);

    public ActiveServer CreateServer(bool parked) => servers.Create(parked);
}
