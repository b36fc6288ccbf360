using Cascade.Images;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>
/// Backups beyond those that are kept, the oldest first (nova/compute/manager.py: _rotate_backups). Native lists with the tenant's token, so only his own count:
/// anybody can write any instance into an image of his.
/// </summary>
internal sealed class BackupRotation(ParentImages parent, ILogger<BackupRotation> log)
{
    /// <param name="imageId">The newest, which says of what type they are and whose.</param>
    /// <param name="kept">How many stay, the newest among them.</param>
    public async Task RotateAsync(string uuid, string imageId, int kept, CancellationToken cancelled)
    {
        try
        {
            if (await parent.Images.FindAsync(Scope.Own, imageId, cancelled) is not { Owner: { } owner } newest || ImageMap.Property(newest, "backup_type") is not { } type)
            {
                return;
            }

            foreach (var image in (await AllAsync(uuid, type, owner, cancelled)).Skip(kept))
            {
                await DeleteAsync(image.Id, uuid, kept, cancelled);
            }
        }
        catch (CloudFault fault)
        {
            // The backup itself is whole; the next one rotates again.
            Log.ImageLeft(log, fault, imageId, fault.Message);
        }
    }

    /// <summary>Newest first.</summary>
    async Task<IReadOnlyList<CloudImage>> AllAsync(string uuid, string type, string owner, CancellationToken cancelled)
    {
        var wanted = new Dictionary<string, string> { ["image_type"] = "backup", ["backup_type"] = type, ["instance_uuid"] = uuid };
        var found = new List<CloudImage>();
        await foreach (var image in parent.Images.ListAsync(Scope.Own, new() { Owner = owner, Properties = wanted }, cancelled))
        {
            // The filters are Glance's to obey; what is deleted is judged by what each image says of itself.
            if (image.Owner == owner && wanted.All(one => ImageMap.Property(image, one.Key) == one.Value))
            {
                found.Add(image);
            }
        }

        return [.. found.OrderByDescending(image => image.CreatedAt)];
    }

    async Task DeleteAsync(string id, string uuid, int kept, CancellationToken cancelled)
    {
        try
        {
            await parent.Images.DeleteAsync(Scope.Own, id, cancelled);
            Log.BackupRotated(log, id, uuid, kept);
        }
        catch (CloudFault fault)
        {
            // The next one goes all the same, as natively.
            Log.ImageLeft(log, fault, id, fault.Message);
        }
    }
}
