using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks;

/// <summary>
/// Now and then the network info of one instance is read anew, the next of the host each time (nova/compute/manager.py: _heal_instance_info_cache), for what no
/// event told. Instances without ports cost nothing but their turn.
/// </summary>
internal sealed class InfoCacheHealing(Instances instances, InfoCache cache, NetworksOptions options, TimeProvider time, ILogger<InfoCacheHealing> log) : IWorker
{
    readonly Queue<string> next = new();

    public string Name => "info cache healing";

    public async Task RunAsync(CancellationToken cancelled)
    {
        if (options.HealInterval <= TimeSpan.Zero)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancelled);
        }

        while (true)
        {
            await Task.Delay(options.HealInterval, time, cancelled);
            try
            {
                await PassAsync(cancelled);
            }
            catch (Exception fault) when (fault is RpcFault or RpcTimeoutException)
            {
                Log.HealFailed(log, fault, "?", fault.Message);
            }
        }
    }

    /// <summary>One instance.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        if (next.Count == 0)
        {
            foreach (var row in await instances.OnHostAsync(RequestIds.Admin(), cancelled))
            {
                next.Enqueue(row.Text("uuid")!);
            }
        }

        while (next.TryDequeue(out var uuid))
        {
            var row = await instances.GetAsync(RequestIds.Admin(), uuid, cancelled);
            if (row is not null && row.Text("vm_state") != VmStates.Building && row.Text("task_state") != TaskStates.Deleting)
            {
                await HealAsync(row, cancelled);
                return;
            }
        }
    }

    async Task HealAsync(Oslo.Wire.Objects.VersionedObject row, CancellationToken cancelled)
    {
        try
        {
            await cache.HealAsync(row, RequestIds.Admin(), cancelled);
        }
        catch (RpcFault fault)
        {
            Log.HealFailed(log, fault, row.Text("uuid")!, fault.Message);
        }
    }
}
