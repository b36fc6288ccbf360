using System.Text.Json.Nodes;
using Cascade.CinderProxy.Attachments;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Volume;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Volumes.Moves;

/// <summary>
/// accept_transfer: the child's volume goes to the new project too, by a transfer of the child that we offer in the old one and accept in the new
/// (cinder/volume/manager.py: VolumeManager.accept_transfer). The API writes project and quota after our reply; a refusal takes everything back.
/// </summary>
internal sealed class AcceptTransferHandler(CallTurns turns, CinderDatabase database, ChildCloud child) : IHandle<AcceptTransfer>
{
    public Task<JsonNode?> HandleAsync(AcceptTransfer call, RpcContext context, CancellationToken cancelled) => turns.TakeAsync(
        call.VolumeId,
        context,
        async turn =>
        {
            var row = await database.ReadAsync(work => work.Volumes.GetAsync(call.VolumeId), turn.Cancelled) ?? throw CinderFaults.VolumeNotFound(call.VolumeId);
            if (row.ProviderId is { Length: > 0 } childId)
            {
                await MoveAsync(childId, row.ProjectId, call, turn.Cancelled);
            }

            return null;
        },
        cancelled);

    async Task MoveAsync(string childId, string oldProject, AcceptTransfer call, CancellationToken cancelled)
    {
        var seen = await child.Volumes.FindAsync(Scope.Own, childId, cancelled) ?? throw CinderFaults.InvalidVolume($"volume {call.VolumeId} is gone in the child");
        if (seen.TenantId == call.NewProject)
        {
            // An earlier answer was lost.
            return;
        }

        var transfers = child.BlockStorage.Transfers;
        await foreach (var left in transfers.ListAsync(Scope.Project(oldProject), new(), cancelled))
        {
            if (left.VolumeId == childId)
            {
                // Its key went with the life that offered it.
                await transfers.DeleteAsync(Scope.Project(oldProject), left.Id, cancelled);
            }
        }

        var offered = await transfers.CreateAsync(Scope.Project(oldProject), new() { VolumeId = childId, NoSnapshots = call.NoSnapshots == true }, cancelled);
        await transfers.AcceptAsync(Scope.Project(call.NewProject), offered.Id, offered.AuthKey!, cancelled);
    }
}
