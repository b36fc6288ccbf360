using Cascade.Agent;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Server;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Parent;

/// <summary>Tells the parent our end point of each type of tunnel, where one is configured (ovs_neutron_agent.py: tunnel_sync).</summary>
internal sealed class TunnelEndpoints(INeutronServer server, AgentOptions agent, L2ProxyOptions options, ILogger<TunnelEndpoints> log)
{
    public async Task SyncAsync(CancellationToken cancelled)
    {
        if (options.LocalIp is not { } address)
        {
            return;
        }

        foreach (var kind in options.TunnelTypes)
        {
            try
            {
                await server.AskAsync(new TunnelSync(address, kind, agent.Host), cancelled);
            }
            catch (RpcFault fault)
            {
                // A type that the parent does not have, or an address of the other IP version: networks bind without it.
                Log.TunnelRefused(log, kind, address, fault.Message);
            }
        }
    }
}
