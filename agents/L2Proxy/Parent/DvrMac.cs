using Cascade.Agent;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Server;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Parent;

/// <summary>The MAC of this host for distributed routers: the server makes it when it is first asked; a parent without routers has none to give.</summary>
internal sealed class DvrMac(INeutronServer server, AgentOptions agent, ILogger<DvrMac> log)
{
    public async Task TakeAsync(CancellationToken cancelled)
    {
        try
        {
            await server.AskAsync(new GetDvrMacAddressByHost(agent.Host), cancelled);
        }
        catch (RpcFault fault)
        {
            Log.NoDvrMac(log, fault.Message);
        }
    }
}
