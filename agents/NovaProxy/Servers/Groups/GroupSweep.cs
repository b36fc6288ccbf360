using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Groups;

/// <summary>Takes empty groups away, at the pace of the audit.</summary>
internal sealed class GroupSweep(ChildGroups groups, GroupOptions options, ChildHealth health, NovaProxyOptions agent, TimeProvider time, ILogger<GroupSweep> log) : IWorker
{
    public string Name => "groups";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(agent.AuditInterval, time, cancelled);
            if (!health.Answers || !options.ServerGroups)
            {
                continue;
            }

            try
            {
                await groups.SweepAsync(cancelled);
            }
            catch (CloudFault fault)
            {
                Log.GroupsUnswept(log, fault, fault.Message);
            }
        }
    }
}
