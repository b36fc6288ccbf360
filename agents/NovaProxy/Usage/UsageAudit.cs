using System.Globalization;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Usage;

/// <summary>
/// Once for each period, tells what servers there were on this host in it (nova/compute/manager.py: _instance_usage_audit). All of it is the parent's own
/// records, so the child is not asked and need not answer. What an earlier life began and did not end is told again, where native leaves it: who counts usage
/// counts a server once for a period, however often he hears of it, and one that he never hears of is lost.
/// </summary>
internal sealed class UsageAudit(Instances instances, TaskLogs logs, IUsageNotices notices, UsageOptions options, HostIdentity identity, TimeProvider time, ILogger<UsageAudit> log) : IWorker
{
    /// <summary>Of nova's periodic tasks without a spacing of their own (oslo_service/periodic_task.py: DEFAULT_INTERVAL).</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);

    static readonly string[] Attrs = ["system_metadata", "info_cache", "metadata", "flavor"];

    /// <summary>The end of the last period that is told: the parent is asked once for each.</summary>
    DateTimeOffset? done;

    public string Name => "usage";

    public async Task RunAsync(CancellationToken cancelled)
    {
        if (options.Period is not { } period)
        {
            return;
        }

        if (!notices.IsHeard)
        {
            Log.UsageUnheard(log);
            return;
        }

        while (true)
        {
            await Task.Delay(Pause, time, cancelled);
            try
            {
                await PassAsync(period, cancelled);
            }
            catch (Exception fault) when (fault is RpcFault or RpcTimeoutException)
            {
                Log.UsageFailed(log, fault, fault.Message);
            }
        }
    }

    /// <summary>Tells the period that ended last, unless that was done.</summary>
    public async Task PassAsync(AuditPeriod period, CancellationToken cancelled)
    {
        var (begin, end) = period.LastBefore(time.GetUtcNow());
        if (end == done)
        {
            return;
        }

        var found = await logs.FindAsync(begin, end, cancelled);
        if (found?.Text("state") is null or "RUNNING")
        {
            await TellAsync(begin, end, begun: found is not null, cancelled);
        }

        done = end;
    }

    async Task TellAsync(DateTimeOffset begin, DateTimeOffset end, bool begun, CancellationToken cancelled)
    {
        var started = time.GetTimestamp();
        var active = await instances.ActiveAsync(RequestIds.Admin(), begin, end, Attrs, cancelled);
        Log.UsageBegins(log, identity.Host, begin, end, active.Count);
        if (!begun)
        {
            await logs.BeginAsync(begin, end, active.Count, cancelled);
        }

        var errors = 0;
        foreach (var instance in active)
        {
            errors += await ToldAsync(instance, begin, end, cancelled) ? 0 : 1;
        }

        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"Instance usage audit ran for host {identity.Host}, {active.Count} instances in {time.GetElapsedTime(started).TotalSeconds} seconds.");
        await logs.EndAsync(begin, end, errors, message, cancelled);
    }

    /// <summary>One record that cannot be read does not keep the others from being told.</summary>
    async Task<bool> ToldAsync(VersionedObject instance, DateTimeOffset begin, DateTimeOffset end, CancellationToken cancelled)
    {
        try
        {
            await notices.ExistsAsync(InstanceUsage.Of(instance, begin, end), cancelled);
            return true;
        }
        catch (FormatException odd)
        {
            Log.UsageOdd(log, odd, instance.Text("uuid") ?? "?", odd.Message);
            return false;
        }
    }
}
