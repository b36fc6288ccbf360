using Cascade.Images;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>
/// Images that the child makes of servers and that stay only until their bytes are in the parent. They are asked for in our own project, so that they are no
/// tenant's to forge or to pay for, and stamped from the very request that makes them with the parent's image that they are for.
/// </summary>
internal sealed class ChildSnapshots(ChildCloud child, HostIdentity identity)
{
    /// <summary>The id of the parent's image.</summary>
    public const string Stamp = "cascade_snapshot";

    /// <summary>Which host of the parent asked for it.</summary>
    public const string HostStamp = "cascade_snapshot_host";

    OpenStack.Image.Images Glance => child.Cloud.Images;

    public static string NameOf(string parentId) => $"cascade-{parentId}";

    public IReadOnlyDictionary<string, string> PropertiesOf(string parentId) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [Stamp] = parentId, [HostStamp] = identity.Host };

    /// <returns>The oldest, should a lost answer have made two; null when there is none.</returns>
    public async Task<CloudImage?> FindAsync(string parentId, CancellationToken cancelled) =>
        (await OfAsync(Stamp, parentId, cancelled)).OrderBy(image => image.CreatedAt).ThenBy(image => image.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>All that our host asked for.</summary>
    public Task<IReadOnlyList<CloudImage>> AllAsync(CancellationToken cancelled) => OfAsync(HostStamp, identity.Host, cancelled);

    /// <summary>Gone is fine.</summary>
    public async Task RemoveAsync(string parentId, CancellationToken cancelled)
    {
        foreach (var image in await OfAsync(Stamp, parentId, cancelled))
        {
            try
            {
                await Glance.DeleteAsync(Scope.Own, image.Id, cancelled);
            }
            catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
            {
                // Gone is what we want.
            }
        }
    }

    async Task<IReadOnlyList<CloudImage>> OfAsync(string stamp, string value, CancellationToken cancelled)
    {
        var own = await child.Cloud.Identity.ProjectIdAsync(Scope.Own, cancelled);
        var filter = new ImageFilter { Owner = own, Properties = new Dictionary<string, string> { [stamp] = value } };
        var found = new List<CloudImage>();
        await foreach (var image in Glance.ListAsync(Scope.Own, filter, cancelled))
        {
            // The filters are the child's to obey; what is deleted is judged by what each image says of itself.
            if (image.Owner is not null && image.Owner == own && ImageMap.Property(image, stamp) == value)
            {
                found.Add(image);
            }
        }

        return found;
    }
}
