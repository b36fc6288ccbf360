using Cascade.Agent;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Reports;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy.Parent;

/// <summary>Waits for a neutron-server whose database answers, as a native agent does before anything else (neutron/agent/rpc.py: PluginReportStateAPI.has_alive_neutron_server).</summary>
internal sealed class ServerReadiness(INeutronServer server, AgentOptions agent, L2ProxyOptions options, TimeProvider time, ILogger<ServerReadiness> log)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task WaitAsync(CancellationToken cancelled)
    {
        for (var told = false; !await IsAliveAsync(cancelled); told = true)
        {
            if (!told)
            {
                Log.ServerAwaited(log);
            }

            await Task.Delay(Pause < options.ReportInterval ? Pause : options.ReportInterval, time, cancelled);
        }

        await TakeMacAsync(cancelled);
    }

    async Task<bool> IsAliveAsync(CancellationToken cancelled)
    {
        try
        {
            return await server.AskAsync(new HasAliveNeutronServer(), cancelled, options.ReportInterval);
        }
        catch (RpcTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The server makes the MAC of this host for distributed routers when it is first asked; a parent without routers has none to give.</summary>
    async Task TakeMacAsync(CancellationToken cancelled)
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
