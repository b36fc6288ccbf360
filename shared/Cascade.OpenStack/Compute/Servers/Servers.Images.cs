using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Actions that make an image of a server, or put one under it. POSTs, sent once each.</summary>
public sealed partial class Servers
{
    /// <summary>
    /// Makes an image of the server: 202, the bytes come in the background while the server's task state says so. The image is of the project that asks; for another
    /// project's server nova shares it with that project (nova/compute/utils.py: initialize_instance_snapshot_metadata).
    /// </summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The server: active, stopped, paused or suspended, else Conflict (nova/compute/api.py: snapshot).</param>
    /// <param name="name">The image's.</param>
    /// <param name="properties">Of the image, beside those it inherits from the server's.</param>
    /// <param name="cancelled">Ends the wait.</param>
    /// <returns>The image's id.</returns>
    public async Task<string> CreateImageAsync(Scope scope, string id, string name, IReadOnlyDictionary<string, string> properties, CancellationToken cancelled)
    {
        var request = ApiRequest.Post(ServerPaths.Action(id), new CreateImageBody(new(name, properties)), ComputeJson.Default.CreateImageBody) with
        {
            // Before, the id is only in a Location header.
            Floor = new(2, 45),
            FloorReason = "an image of a server",
        };
        return (await client.SendAsync(scope, request, ComputeJson.Default.ImageMade, cancelled)).ImageId;
    }

    /// <summary>Makes the server's disk anew from an image. The server: active, stopped or in error, else Conflict.</summary>
    public Task RebuildAsync(Scope scope, string id, ServerRebuild wanted, CancellationToken cancelled)
    {
        var request = ApiRequest.Post(ServerPaths.Action(id), new RebuildBody(wanted), ComputeJson.Default.RebuildBody) with
        {
            Floor = wanted.ReimagesVolume is true ? new(2, 93) : wanted.Hostname is not null ? new(2, 90) : new(2, 57),
            FloorReason = wanted.ReimagesVolume is true ? "writing an image over the volume that a server boots from"
                : wanted.Hostname is not null ? "a host name of its own"
                : "user data in a rebuild",
            Ceiling = wanted.ReimagesVolume is false ? new(2, 92) : null,
        };
        return client.DoAsync(scope, request, cancelled);
    }

    /// <summary>Boots the server from a rescue image, its own disks beside it. The server: active, stopped or in error, else Conflict.</summary>
    /// <param name="scope">On whose behalf.</param>
    /// <param name="id">The server.</param>
    /// <param name="adminPass">Of the rescue system; null for one that nova makes up.</param>
    /// <param name="imageId">Null for the image that the server was made from.</param>
    /// <param name="volumeBacked">It boots from a volume: 2.87, and an image that says which stable device it wants to be, else Invalid.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public Task RescueAsync(Scope scope, string id, string? adminPass, string? imageId, bool volumeBacked, CancellationToken cancelled)
    {
        var request = ApiRequest.Post(ServerPaths.Action(id), new RescueBody(new(adminPass, imageId)), ComputeJson.Default.RescueBody);
        return client.DoAsync(
            scope, volumeBacked ? request with { Floor = new(2, 87), FloorReason = "rescuing a server that boots from a volume" } : request, cancelled);
    }

    /// <summary>Boots a rescued server from its own disks again.</summary>
    public Task UnrescueAsync(Scope scope, string id, CancellationToken cancelled) => ActAsync(scope, id, new ServerAction("unrescue"), cancelled);
}
