using System.Text.Json.Nodes;
using Cascade.CinderProxy.Attachments;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Volume;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Moves;

/// <summary>
/// accept_transfer: the child's volume goes to the new project too, by a transfer of the child that we offer in the old one and accept in the new
/// (cinder/volume/manager.py: VolumeManager.accept_transfer). The API writes project and quota after our reply; a refusal takes everything back.
/// </summary>
internal sealed class AcceptTransferHandler(CallTurns turns, CinderDatabase database, ChildCloud child, TimeProvider time, ILogger<AcceptTransferHandler> log) : IHandle<AcceptTransfer>
{
    /// <summary>For what is put right after a failure; who waits for the answer has it before.</summary>
    static readonly TimeSpan Tidying = TimeSpan.FromMinutes(1);

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

        await WithdrawAsync(childId, oldProject, cancelled);
        try
        {
            var transfers = child.BlockStorage.Transfers;
            var offered = await transfers.CreateAsync(Scope.Project(oldProject), new() { VolumeId = childId, NoSnapshots = call.NoSnapshots == true }, cancelled);
            await transfers.AcceptAsync(Scope.Project(call.NewProject), offered.Id, offered.AuthKey!, cancelled);
        }
        catch (Exception failure) when (failure is CloudFault or OperationCanceledException)
        {
            if (!await IsMovedAsync(childId, oldProject, call))
            {
                throw;
            }
        }
    }

    /// <summary>
    /// Looks how it is after a failure, whoever has given up meanwhile: an offer that stays keeps the volume awaiting-transfer in the child, where nothing can be done with it.
    /// </summary>
    async Task<bool> IsMovedAsync(string childId, string oldProject, AcceptTransfer call)
    {
        using var limit = new CancellationTokenSource(Tidying, time);
        try
        {
            if ((await child.Volumes.FindAsync(Scope.Own, childId, limit.Token))?.TenantId == call.NewProject)
            {
                // Only the answer was lost.
                return true;
            }

            await WithdrawAsync(childId, oldProject, limit.Token);
        }
        catch (Exception failure) when (failure is CloudFault or OperationCanceledException)
        {
            Log.OfferLeft(log, failure, call.VolumeId, failure.Message);
        }

        return false;
    }

    /// <summary>Whatever of it is on offer is so no longer: its key went with the life that offered it.</summary>
    async Task WithdrawAsync(string childId, string oldProject, CancellationToken cancelled)
    {
        var transfers = child.BlockStorage.Transfers;
        await foreach (var left in transfers.ListAsync(Scope.Project(oldProject), new(), cancelled))
        {
            if (left.VolumeId == childId)
            {
                await transfers.DeleteAsync(Scope.Project(oldProject), left.Id, cancelled);
            }
        }
    }
}
