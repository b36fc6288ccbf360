using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Hosts;

/// <summary>The cinder-volume that we are (cinder/service.py: Service.start): a row in the parent's services, then queues, then what an earlier life left.</summary>
internal sealed class VolumeService(VolumeHost host, CinderDatabase database, ServiceKeeper service, ChildHealth child, ServerFactory servers) : IStandIn
{
    public string Name => $"cinder-volume {host.Service}";

    public string Lease => $"cinder-proxy.{host.Service}";

    public bool HearsFirst => false;

    /// <exception cref="Agent.AgentException">Cinder's tables are not those that this build writes.</exception>
    public async Task<string> FindParentAsync(CancellationToken cancelled)
    {
        await database.UntilAnswersAsync(cancelled);
        await service.CheckSchemaAsync(cancelled);
        return "Cinder's database answers";
    }

    /// <returns>False while the child is away: who registers is up, and the schedulers choose it (D5).</returns>
    public async Task<bool> RegisterAsync(CancellationToken cancelled)
    {
        if (!await child.CheckAsync(cancelled))
        {
            return false;
        }

        await service.RegisterAsync(cancelled);
        return true;
    }

    public ActiveServer CreateServer(bool parked) => servers.Create(parked);
}
