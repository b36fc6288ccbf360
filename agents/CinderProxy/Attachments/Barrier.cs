using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Attachments;

/// <summary>
/// What stands before every detach: cinder-api frees the volume the moment we answer, and a delete or an attach to another server may follow, so it returns only when
/// the child's server has let go of the child's volume. Mostly it has already, for who asks detaches first.
/// </summary>
internal sealed class Barrier(ChildCloud child, CinderDatabase database, Holders holders, Sights sights, ILogger<Barrier> log)
{
    /// <param name="row">The parent's volume.</param>
    /// <param name="attachment">That is to end; null when the API has it no more.</param>
    /// <param name="turn">Its end is the limit: the caller then hears a 500, for which nova asks again.</param>
    /// <exception cref="CloudFault">The child refuses.</exception>
    public async Task PassAsync(VolumeRow row, AttachmentRow? attachment, Turn turn)
    {
        if (row.ProviderId is not { Length: > 0 } childVolume || attachment?.Connector is null || await IsSharedAsync(row, attachment, turn.Cancelled))
        {
            // Reserved only: nobody was ever told where the volume is. Or the same server goes on having it.
            return;
        }

        if (await child.Volumes.FindAsync(Scope.Own, childVolume, turn.Cancelled) is not { Attachments.Count: > 0 } seen)
        {
            return;
        }

        var holderIn = await holders.OfAsync(row, attachment, seen, turn.Cancelled);
        if (holderIn(seen) is not { } holder)
        {
            return;
        }

        await LetGoAsync(row, childVolume, holder, turn.Cancelled);
        await sights.UntilAsync(childVolume, now => holderIn(now) is null, turn);
    }

    /// <summary>Another attachment of the parent holds it for the same server: a live migration has two.</summary>
    async Task<bool> IsSharedAsync(VolumeRow row, AttachmentRow ending, CancellationToken cancelled) =>
        (await database.ReadAsync(work => work.Attachments.OfVolumeAsync(row.Id), cancelled))
        .Any(one => one.Id != ending.Id && one.InstanceUuid == ending.InstanceUuid && one.Connector is not null);

    async Task LetGoAsync(VolumeRow row, string childVolume, AttachedServer holder, CancellationToken cancelled)
    {
        Log.DetachingInChild(log, row.Id, holder.ServerId ?? "-");
        try
        {
            await child.Cloud.Compute.Servers.DetachVolumeAsync(Scope.Own, holder.ServerId!, childVolume, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // No such server any more, and the child's Cinder has not heard of it.
            if (holder.AttachmentId is { } left && await child.Cloud.Compute.Servers.FindAsync(Scope.Own, holder.ServerId!, cancelled) is null)
            {
                await child.Volumes.ForceDetachAsync(Scope.Own, childVolume, left, null, cancelled);
            }
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Invalid or FaultKind.Conflict)
        {
            // It is being detached already, or its server cannot now; what comes of it is seen by looking.
            Log.DetachRefused(log, fault, row.Id, fault.Message);
        }
    }
}
