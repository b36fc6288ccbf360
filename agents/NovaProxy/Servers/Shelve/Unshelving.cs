using System.Text.Json.Nodes;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>
/// An unshelve that failed, undone: it is on no host again, its volumes are reserved, what the scheduler gave it in placement is free, and its image is kept, so that it can be
/// unshelved again (nova/compute/manager.py: _unshelve_instance).
/// </summary>
internal sealed class Unshelving(
    Instances instances, IAllocations allocations, ChildServers servers, InstanceVolumes volumes, LinkBook book, HostIdentity identity, ILogger<Unshelving> log)
{
    /// <summary>Within the instance's turn; may be called again.</summary>
    public async Task UndoAsync(VersionedObject row, Exception why, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        Log.UnshelveFailed(log, why, uuid, why.Message);
        try
        {
            await servers.RemoveAsync(row, cancelled);
        }
        catch (CloudFault fault)
        {
            Log.LeftToReaper(log, fault, uuid, fault.Message);
        }

        try
        {
            await volumes.RenewAsync(row, context, cancelled);
        }
        catch (RpcFault unanswered)
        {
            Log.VolumesUnseen(log, unanswered, unanswered.Message);
        }

        await FreeAsync(uuid, cancelled);
        var nowhere = new JsonObject { ["host"] = null, ["node"] = null, ["launched_on"] = null, ["availability_zone"] = null };
        try
        {
            await instances.SaveSystemMetadataAsync(context.Elevated(), uuid, ServerLink.Remove, nowhere, null, cancelled);
        }
        catch (RpcFault gone) when (gone.Is("InstanceNotFound"))
        {
            // It is nowhere, then.
        }

        if (ServerLink.Of(row) is { } childId)
        {
            book.Remove(childId);
        }
    }

    /// <summary>Natively a forced delete (nova/scheduler/client/report.py: delete_allocation_for_instance); what another host holds for it is of a later order.</summary>
    async Task FreeAsync(string uuid, CancellationToken cancelled)
    {
        if (await allocations.GetAsync(uuid, cancelled) is { } held && held.Allocations.ContainsKey(identity.NodeUuid.ToString("D")))
        {
            await allocations.DeleteAsync(uuid, cancelled);
        }
    }
}
