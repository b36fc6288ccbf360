using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>Offloads what has been shelved for longer than the operator wants to keep it in the child (nova/compute/manager.py: _poll_shelved_instances).</summary>
internal sealed class ShelvedPolling(
    KeyedQueue queue,
    Instances instances,
    ActionEvents events,
    Offload offload,
    ChildHealth health,
    HostIdentity identity,
    ShelveOptions options,
    TimeProvider time,
    ILogger<ShelvedPolling> log) : IWorker
{
    public string Name => "shelved polling";

    public async Task RunAsync(CancellationToken cancelled)
    {
        if (options.OffloadAfter is not { } after || after == TimeSpan.Zero)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancelled);
        }

        while (true)
        {
            await Task.Delay(options.PollInterval, time, cancelled);
            if (health.Answers)
            {
                await PassAsync(cancelled);
            }
        }
    }

    /// <summary>One pass over the shelved instances of our host.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        if (options.OffloadAfter is not { } after || after == TimeSpan.Zero)
        {
            return;
        }

        var filters = new JsonObject { ["vm_state"] = VmStates.Shelved, ["task_state"] = null, ["host"] = identity.Host };
        foreach (var row in await instances.FindAsync(RequestIds.Admin(), filters, ["system_metadata"], cancelled))
        {
            if (ShelvedKeys.SinceOf(row) is not { } since || time.GetUtcNow() - since <= after)
            {
                continue;
            }

            try
            {
                await queue.RunAsync(row.Text("uuid")!, turn => OffloadAsync(row.Text("uuid")!, turn.Cancelled), cancelled: cancelled);
            }
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
            {
                Log.OffloadFailed(log, fault, row.Text("uuid")!, fault.Message);
            }
        }
    }

    async Task OffloadAsync(string uuid, CancellationToken cancelled)
    {
        var context = RequestIds.Admin();
        try
        {
            await instances.SaveAsync(context, uuid, new() { ["task_state"] = TaskStates.ShelvingOffloading }, [null], cancelled);
        }
        catch (RpcFault busy) when (busy.IsBusy() || busy.IsGoing())
        {
            // A tenant was faster.
            return;
        }

        await events.StartAsync(context, uuid, Events.ShelveOffload, cancelled);
        if (await instances.GetAsync(context, uuid, cancelled) is not { } row)
        {
            return;
        }

        try
        {
            await offload.GoOnAsync(row, Events.ShelveOffload, context, cancelled);
        }
        catch (RpcFault fault)
        {
            await offload.FailAsync(row, Events.ShelveOffload, fault, context, cancelled);
        }
    }
}
