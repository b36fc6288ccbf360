using Cascade.Contracts.Neutron.Reports;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NeutronAgent.Server;

/// <summary>Waits for a neutron-server whose database answers, as a native agent does before anything else (neutron/agent/rpc.py: PluginReportStateAPI.has_alive_neutron_server).</summary>
public sealed class ServerReadiness(INeutronServer server, NeutronAgentOptions options, TimeProvider time, ILogger<ServerReadiness> log)
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
}
