using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Delete;

/// <summary>
/// Deletes for good what was deleted long enough ago and not restored (nova/compute/manager.py: _reclaim_queued_deletes). Native deletes without a word; here
/// the row says that it is going before anything goes, so that a restore that comes in between is refused, and a later life finishes it.
/// </summary>
internal sealed class Reclaiming(
    KeyedQueue queue,
    Instances instances,
    Deletion deletion,
    ParentClouds parent,
    IChildHealth health,
    HostIdentity identity,
    ReclaimOptions options,
    TimeProvider time,
    ILogger<Reclaiming> log) : IWorker
{
    /// <summary>Of nova's periodic tasks without a spacing of their own (oslo_service/periodic_task.py: DEFAULT_INTERVAL).</summary>
    static readonly TimeSpan Period = TimeSpan.FromSeconds(60);

    public string Name => "reclaim";

    public async Task RunAsync(CancellationToken cancelled)
    {
        if (options.Interval <= TimeSpan.Zero)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancelled);
        }

        while (true)
        {
            await Task.Delay(Period, time, cancelled);
            if (!health.Answers)
            {
                continue;
            }

            try
            {
                await PassAsync(cancelled);
            }
            catch (Exception fault) when (fault is RpcFault or RpcTimeoutException)
            {
                Log.ReclaimFailed(log, fault, "?", fault.Message);
            }
        }
    }

    /// <summary>One pass over what is deleted and not gone.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        var filters = new JsonObject { ["vm_state"] = VmStates.SoftDeleted, ["task_state"] = null, ["host"] = identity.Host };
        foreach (var row in await instances.FindAsync(RequestIds.Admin(), filters, [], cancelled))
        {
            if (!IsDue(row))
            {
                continue;
            }

            var uuid = row.Text("uuid")!;
            try
            {
                await queue.RunAsync(uuid, turn => ReclaimAsync(uuid, turn.Cancelled), cancelled: cancelled);
            }
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
            {
                // One that cannot go now does not keep the others; it is tried again, by the next pass or, once it is going, as any deletion.
                Log.ReclaimFailed(log, fault, uuid, fault.Message);
            }
        }
    }

    async Task ReclaimAsync(string uuid, CancellationToken cancelled)
    {
        var context = RequestIds.Admin();
        if (await instances.GetAsync(context, uuid, cancelled) is not { } row || !IsDue(row))
        {
            return;
        }

        try
        {
            await instances.SaveAsync(context, uuid, new() { ["task_state"] = TaskStates.Deleting }, [null], cancelled);
        }
        catch (RpcFault faster) when (faster.IsBusy())
        {
            // Restored, or deleted by force, in this moment.
            return;
        }

        Log.Reclaiming(log, uuid);
        if (await instances.GetAsync(context, uuid, cancelled) is { } going)
        {
            await GoOnAsync(going, context, cancelled);
        }
    }

    async Task GoOnAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await deletion.GoOnAsync(row, context, cancelled);
        }
        catch (RpcFault refused) when (refused.InnerException is CloudFault)
        {
            // Nobody asked for it now, so nobody shall see an error: it stays deleted, and restorable, until the next pass.
            var changes = new JsonObject { ["vm_state"] = VmStates.SoftDeleted, ["task_state"] = null };
            await instances.SaveAsync(context, row.Text("uuid")!, changes, null, cancelled);
            throw;
        }
    }

    /// <summary>
    /// nova/compute/manager.py: _deleted_old_enough. Without a time it is old enough. The time is nova-api's (nova/compute/api.py: soft_delete), so it is held against the
    /// parent's clock: by one of ours that is ahead, what may still be restored would be gone for good.
    /// </summary>
    bool IsDue(VersionedObject row) =>
        row.Text("vm_state") == VmStates.SoftDeleted
        && row.Text("task_state") is null
        && (!DateTimeOffset.TryParse(row.Text("deleted_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var deleted)
            || (parent.Now ?? time.GetUtcNow()) - deleted > options.Interval);
}
