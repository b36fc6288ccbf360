using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Details;

/// <summary>
/// What tenants change of their servers in the parent's API alone, carried to the child: no RPC tells of it (nova/compute/api.py: update_instance, update_instance_metadata,
/// lock; api/openstack/compute/server_tags.py). An idle pass is one read of the host's rows and nothing in the child; what changed costs a look and what differs. Each
/// audit compares everything with one list of the child, which also takes back what was changed there.
/// </summary>
internal sealed class DetailsMirror(
    KeyedQueue queue,
    Instances instances,
    ChildCloud child,
    IChildHealth health,
    HostIdentity identity,
    DetailsOptions options,
    NovaProxyOptions intervals,
    TimeProvider time,
    ILogger<DetailsMirror> log) : IWorker
{
    /// <summary>Above it, one list is cheaper than looking at each.</summary>
    const int Few = 20;

    /// <summary>Failures in a row that are not about one server any more.</summary>
    const int Several = 3;

    /// <summary>What the child is known to show, by instance: a cache of its answers.</summary>
    readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);
    long? compared;

    public string Name => "details";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(options.Interval, time, cancelled);
            if (!health.Answers)
            {
                continue;
            }

            try
            {
                await PassAsync(cancelled);
            }
            catch (Exception fault) when (fault is RpcFault or RpcTimeoutException or CloudFault)
            {
                Log.DetailsFailed(log, fault, fault.Message);
            }
        }
    }

    /// <summary>One pass over the rows of our host.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        var can = await ChildCan.OfAsync(child, cancelled);
        var rows = await instances.OnHostAsync(RequestIds.Admin(), ServerDetails.Attrs, cancelled);
        Forget(rows);
        var due = rows.Where(IsMirrored)
            .Select(row => (Row: row, Uuid: row.Text("uuid")!, Wanted: ServerDetails.Of(row, identity.Host, can)))
            .Where(one => !IsShown(one.Uuid, one.Wanted))
            .ToList();
        var seen = due.Count > Few ? await ListAsync(cancelled) : null;
        var inARow = 0;
        foreach (var (row, uuid, wanted) in due)
        {
            if (seen?.GetValueOrDefault(ServerLink.Of(row)!) is { } server && DetailsGap.Of(wanted, server).IsNothing)
            {
                shown[uuid] = wanted.Fingerprint;
                continue;
            }

            try
            {
                await queue.RunAsync(uuid, turn => MirrorAsync(uuid, can, turn.Cancelled), cancelled: cancelled);
                inARow = 0;
            }
            catch (Exception fault) when (fault is RpcFault or CloudFault && ++inARow < Several)
            {
                // One server keeps nothing from the others; several in a row are the cloud's trouble. With the next pass.
                Log.DetailsFailed(log, fault, $"{uuid}: {fault.Message}");
            }
        }
    }

    async Task MirrorAsync(string uuid, ChildCan can, CancellationToken cancelled)
    {
        if (await instances.GetAsync(RequestIds.Admin(), uuid, ServerDetails.Attrs, cancelled) is not { } row || !IsMirrored(row)
            || await child.Servers.FindAsync(Scope.Own, ServerLink.Of(row)!, cancelled) is not { } seen)
        {
            return;
        }

        var wanted = ServerDetails.Of(row, identity.Host, can);
        var gap = DetailsGap.Of(wanted, seen);
        try
        {
            if (!await FillAsync(row, wanted, gap, seen, can, cancelled))
            {
                return;
            }
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Invalid or FaultKind.Forbidden or FaultKind.OverQuota or FaultKind.Unsupported)
        {
            // Asking again would be refused again; the next audit does.
            Log.DetailsRefused(log, fault, uuid, ChildFaults.Text(fault));
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict or FaultKind.NotFound)
        {
            // Something goes on there: with the next pass.
            return;
        }

        shown[uuid] = wanted.Fingerprint;
        if (!gap.IsNothing)
        {
            Log.DetailsMirrored(log, seen.Id, uuid, gap.Words);
        }
    }

    /// <returns>False when a part has to wait until the child's server is in another state.</returns>
    async Task<bool> FillAsync(VersionedObject row, ServerDetails wanted, DetailsGap gap, Server seen, ChildCan can, CancellationToken cancelled)
    {
        if (gap.Lock is false)
        {
            await child.Servers.UnlockAsync(Scope.Own, seen.Id, cancelled);
        }

        // What is locked there lets only administrators change it.
        var scope = wanted.Locked && seen.Locked is true ? Scope.Own : ChildCloud.Tenant(row);
        if (gap.Update is { } update)
        {
            await child.Servers.UpdateAsync(scope, seen.Id, update, cancelled);
        }

        // nova/compute/api.py: update_instance_metadata; api/openstack/compute/server_tags.py: _check_instance_in_valid_state.
        var may = seen.Status is "ACTIVE" or "PAUSED" or "SUSPENDED" or "SHUTOFF";
        if (may && gap.Metadata is { } metadata)
        {
            await child.Servers.ReplaceMetadataAsync(scope, seen.Id, metadata, cancelled);
        }

        if (may && gap.Tags is { } tags)
        {
            await child.Servers.ReplaceTagsAsync(scope, seen.Id, tags, cancelled);
        }

        if (gap.Lock is true)
        {
            // Whoever locked it: nova notes an owner when the request is of its project (nova/compute/api.py: lock).
            var by = wanted.LockedBy == "admin" ? Scope.Own : ChildCloud.Tenant(row);
            await child.Servers.LockAsync(by, seen.Id, can.LockReason ? wanted.LockedReason : null, cancelled);
        }

        return may || gap is { Metadata: null, Tags: null };
    }

    /// <summary>Servers of ours in the child, whole.</summary>
    async Task<Dictionary<string, Server>> ListAsync(CancellationToken cancelled)
    {
        var found = new Dictionary<string, Server>(StringComparer.Ordinal);
        var filter = new ServerFilter { AllTenants = true, UserId = await child.UserIdAsync(cancelled) };
        await foreach (var seen in child.Servers.ListAsync(Scope.Own, filter, cancelled))
        {
            found[seen.Id] = seen;
        }

        return found;
    }

    /// <summary>Those that are gone, and all of them with each audit.</summary>
    void Forget(IReadOnlyList<VersionedObject> rows)
    {
        if (compared is not { } last || time.GetElapsedTime(last) >= intervals.AuditInterval)
        {
            shown.Clear();
            compared = time.GetTimestamp();
        }

        var there = rows.Select(row => row.Text("uuid")!).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in shown.Keys.Where(uuid => !there.Contains(uuid)).ToList())
        {
            shown.Remove(gone);
        }
    }

    bool IsShown(string uuid, ServerDetails wanted) => shown.TryGetValue(uuid, out var print) && print == wanted.Fingerprint;

    /// <summary>What is being built brings all of it in its create; what goes needs nothing more.</summary>
    static bool IsMirrored(VersionedObject row) =>
        ServerLink.Of(row) is not null && row.Text("vm_state") is not (VmStates.Building or VmStates.Deleted) && row.Text("task_state") != TaskStates.Deleting;
}
