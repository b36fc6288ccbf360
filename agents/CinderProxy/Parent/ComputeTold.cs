using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// Tells the parent's nova what happened to a volume of its servers (cinder/compute/nova.py: API.extend_volume, reimage_volume). What it is told for an extend is for its
/// records only: the guest has heard of it from the child. A rebuild waits for what it is told for a reimage.
/// </summary>
internal sealed class ComputeTold(ParentClouds parent, ILogger<ComputeTold> log)
{
    /// <param name="name">Of the event.</param>
    /// <param name="servers">Of the parent.</param>
    /// <returns>False when nova could not be told.</returns>
    public async Task<bool> TellAsync(string name, string volumeId, IReadOnlyList<string> servers, CancellationToken cancelled)
    {
        if (servers.Count == 0)
        {
            return true;
        }

        try
        {
            await parent.Nova.Compute.ExternalEvents.CreateAsync(Scope.Own, [.. servers.Select(server => new ExternalEvent(name, server, volumeId))], cancelled);
            return true;
        }
        catch (CloudFault fault)
        {
            Log.NovaUntold(log, fault, name, volumeId, fault.Message);
            return false;
        }
    }
}
