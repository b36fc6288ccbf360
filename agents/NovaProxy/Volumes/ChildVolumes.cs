using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Volumes;

/// <summary>Volumes of a server in the child: asked for, looked at, waited for. Doing it twice is doing it once.</summary>
internal sealed class ChildVolumes(ChildCloud child, VolumeLooks looks, ServerRefusals refusals, TimeProvider time)
{
    /// <summary>Asks for it; it comes in the background.</summary>
    /// <exception cref="CloudFault">The child refuses.</exception>
    public async Task AskAttachAsync(VersionedObject row, string server, string volume, string? tag, CancellationToken cancelled)
    {
        var scope = ChildCompute.ActingFor(row);
        if (await child.Servers.FindVolumeAsync(scope, server, volume, cancelled) is not null)
        {
            return;
        }

        try
        {
            await child.Servers.AttachVolumeAsync(scope, server, new() { VolumeId = volume, Tag = tag }, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict or FaultKind.Invalid || fault.ResultUnknown)
        {
            // A lost answer, or one that came too late: look before calling it a failure.
            if (await child.Servers.FindVolumeAsync(scope, server, volume, cancelled) is null)
            {
                throw;
            }
        }
    }

    /// <summary>Asks for it to be taken away; it goes in the background. What is not there, or is going, needs no asking.</summary>
    /// <returns>False when there is nothing to wait for.</returns>
    /// <exception cref="CloudFault">The child refuses.</exception>
    public async Task<bool> AskDetachAsync(VersionedObject row, string server, string volume, CancellationToken cancelled)
    {
        var seen = await LookAsync(row, server, volume, cancelled);
        if (seen.HasGone)
        {
            return false;
        }

        if (seen.IsGoing)
        {
            return true;
        }

        try
        {
            await child.Servers.DetachVolumeAsync(ChildCompute.ActingFor(row), server, volume, cancelled);
            return true;
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound or FaultKind.Invalid || fault.ResultUnknown)
        {
            seen = await LookAsync(row, server, volume, cancelled);
            if (seen.IsGoing || seen.HasGone)
            {
                return seen.IsGoing;
            }

            throw;
        }
    }

    public async Task<VolumeSight> LookAsync(VersionedObject row, string server, string volume, CancellationToken cancelled)
    {
        var scope = ChildCompute.Tenant(row);
        var seen = await child.Cloud.BlockStorage.Volumes.FindAsync(scope, volume, cancelled);
        var listed = await child.Servers.FindVolumeAsync(scope, server, volume, cancelled) is not null;
        return new(listed, seen?.Attachments.Any(one => one.ServerId == server) == true, seen?.Status, seen?.Multiattach == true);
    }

    /// <summary>Waits beside the budget until what is seen is so.</summary>
    /// <returns>Null when it did not come to be in time.</returns>
    /// <exception cref="Oslo.Messaging.Rpc.ParkException">The child is away.</exception>
    public async Task<VolumeSight?> UntilAsync(VersionedObject row, string server, string volume, Func<VolumeSight, bool> over, TimeSpan limit, Turn turn)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, turn.Cancelled);
        try
        {
            return await turn.AsideAsync(_ => looks.UntilAsync(
                async stop => await LookAsync(row, server, volume, stop) is var seen && over(seen) ? seen : null,
                either.Token));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !turn.Cancelled.IsCancellationRequested)
        {
            refusals.RequireChild();
            return null;
        }
    }

}
