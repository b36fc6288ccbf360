using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Volumes;

/// <summary>
/// Finds volumes that left a server in the child behind the parent's back. A native compute writes nothing of such a disk either: it is a line in its log, and
/// the next detach finds no disk and goes on (nova/virt/block_device.py: driver_detach). Attaching it again, or freeing it, is the operator's to decide. Two list calls,
/// however many volumes; only what two audits in a row do not see is said, since an attach or a detach may be under way, and it is said once.
/// </summary>
internal sealed class VolumeAudit(
    ChildCloud child, ChildHealth health, Instances instances, Bdms bdms, NovaProxyOptions options, TimeProvider time, ILogger<VolumeAudit> log) : IWorker
{
    HashSet<(string Uuid, string Volume)> missing = [];
    HashSet<(string Uuid, string Volume)> told = [];

    public string Name => "volume audit";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(options.AuditInterval, time, cancelled);
            try
            {
                if (health.Answers)
                {
                    await LookAsync(cancelled);
                }
            }
            catch (Exception fault) when (fault is CloudFault or RpcFault or RpcTimeoutException)
            {
                Log.VolumesUnseen(log, fault, fault.Message);
            }
        }
    }

    /// <summary>One audit.</summary>
    public async Task LookAsync(CancellationToken cancelled)
    {
        var rows = (await instances.OnHostAsync(RequestIds.Admin(), cancelled))
            .Where(row => row.Text("task_state") is null && ServerLink.Of(row) is not null)
            .ToDictionary(row => row.Text("uuid")!, row => ServerLink.Of(row)!, StringComparer.Ordinal);
        var seen = rows.Count == 0 ? [] : await ServersAsync(cancelled);
        var wanted = rows.Count == 0 ? [] : await bdms.OfManyAsync(RequestIds.Admin(), rows.Keys, cancelled);
        var now = wanted.Where(bdm => IsMissing(bdm, rows, seen)).Select(bdm => (bdm.Text("instance_uuid")!, bdm.Text("volume_id")!)).ToHashSet();
        foreach (var (uuid, volume) in now.Where(one => missing.Contains(one) && !told.Contains(one)))
        {
            Log.VolumeGone(log, volume, uuid);
        }

        told = [.. now.Where(missing.Contains)];
        missing = now;
    }

    static bool IsMissing(VersionedObject bdm, Dictionary<string, string> rows, Dictionary<string, HashSet<string>> seen) =>
        Connection.Of(bdm) is { } connection
        && rows.TryGetValue(bdm.Text("instance_uuid") ?? "", out var server)
        && seen.TryGetValue(server, out var volumes)
        && !volumes.Contains(connection.ChildVolumeId);

    async Task<Dictionary<string, HashSet<string>>> ServersAsync(CancellationToken cancelled)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var filter = new ServerFilter { AllTenants = true, UserId = await child.UserIdAsync(cancelled) };
        await foreach (var server in child.Servers.ListAsync(Scope.Own, filter, cancelled))
        {
            found[server.Id] = (server.VolumesAttached ?? []).Select(volume => volume.Id).ToHashSet(StringComparer.Ordinal);
        }

        return found;
    }
}
