using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Volumes.Delete;

/// <summary>
/// What to do about a volume that the child does not delete in the state it is in there. Cinder says a plain delete and a forced one in the same words, so that the parent's
/// order does not show which it was (cinder/volume/api.py: API.delete): what rests in an error in the child goes by force, for the parent has let it go, and what the child is at
/// goes by force for an administrator, who alone may force.
/// </summary>
internal sealed class RefusedDelete(ChildCloud child)
{
    /// <summary>What becomes of the parent's volume.</summary>
    public enum Outcome
    {
        /// <summary>It goes after all.</summary>
        Going,

        /// <summary>Something else depends on it, and it is as good as before.</summary>
        Available,

        /// <summary>It cannot be deleted as it is.</summary>
        Stuck,
    }

    /// <param name="snapshots">Whether the parent has snapshots of it: nothing takes them along by force.</param>
    /// <param name="context">Of the order; null when it is not known any more.</param>
    /// <exception cref="CloudFault">The child refuses this too, or does not answer.</exception>
    public async Task<Outcome> OfAsync(VolumeRow row, bool snapshots, RpcContext? context, CancellationToken cancelled)
    {
        if (row.ProviderId is not { Length: > 0 } childId || await child.Volumes.FindAsync(Scope.Own, childId, cancelled) is not { } seen)
        {
            return Outcome.Stuck;
        }

        switch (seen.Status)
        {
            case VolumeStatus.Available:
                return Outcome.Available;
            case VolumeStatus.Deleting:
                return Outcome.Going;
            case var _ when snapshots || seen.Attachments.Count > 0:
                return Outcome.Stuck;
            case VolumeStatus.Error or VolumeStatus.ErrorRestoring or VolumeStatus.ErrorExtending or VolumeStatus.ErrorManaging:
                // A plain delete takes these: it is not the state that keeps it (cinder/volume/api.py: API.delete).
                return Outcome.Stuck;
            case var status when status.StartsWith("error", StringComparison.Ordinal) || context?.IsAdmin == true:
                await child.Volumes.ForceDeleteAsync(Scope.Own, childId, cancelled);
                return Outcome.Going;
            default:
                return Outcome.Stuck;
        }
    }
}
