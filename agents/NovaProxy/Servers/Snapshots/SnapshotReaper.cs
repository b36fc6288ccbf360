using Cascade.Mirror.Reaping;
using Cascade.Images;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>
/// Images in the child that were made for snapshots of this host and that no instance waits for: it was deleted while we were down, the image could not be removed
/// when it was sent, or a request came through late.
/// </summary>
internal sealed class SnapshotReaper(ChildCloud child, ChildSnapshots made, SnapshotImages images, Instances instances) : IReaped<CloudImage>
{
    public string IdOf(CloudImage seen) => seen.Id;

    public async Task<IReadOnlyList<Orphan<CloudImage>>> OrphansAsync(CancellationToken cancelled)
    {
        var all = await made.AllAsync(cancelled);
        if (all.Count == 0)
        {
            return [];
        }

        // Images first: a snapshot that begins afterwards is noted before its image is made.
        var wanted = await WantedAsync(cancelled);
        return
        [
            .. all.Select(image => (Image: image, Parent: ImageMap.Property(image, ChildSnapshots.Stamp) ?? ""))
                .Where(one => !wanted.Contains(one.Parent))
                .Select(one => new Orphan<CloudImage>(one.Image, one.Parent, "no instance waits for this snapshot", Age(one.Image))),
        ];
    }

    public async Task<bool> ReapAsync(Orphan<CloudImage> orphan, CancellationToken cancelled)
    {
        if ((await WantedAsync(cancelled)).Contains(orphan.ParentId))
        {
            return false;
        }

        await images.DeleteUnfinishedAsync(orphan.ParentId, cancelled);
        try
        {
            await child.Cloud.Images.DeleteAsync(Scope.Own, orphan.Seen.Id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            // Gone is what we want.
        }

        return true;
    }

    async Task<HashSet<string>> WantedAsync(CancellationToken cancelled) =>
        (await instances.OnHostAsync(RequestIds.Admin(), cancelled)).Select(SnapshotNote.Of).OfType<SnapshotNote>().Select(note => note.ImageId).ToHashSet(StringComparer.Ordinal);

    TimeSpan Age(CloudImage image) => child.Now is { } now && image.CreatedAt is { } created ? now - created : TimeSpan.Zero;
}

/// <summary>The reaper of snapshots, running.</summary>
internal sealed class SnapshotReaping(SnapshotReaper snapshots, NovaProxyOptions options, TimeProvider time, ILogger<SnapshotReaping> log) : IWorker
{
    readonly Reaper<CloudImage> reaper = new("snapshots", snapshots, options.ReaperGrace, time, log);

    public string Name => "snapshot reaper";

    public Task RunAsync(CancellationToken cancelled) => reaper.RunAsync(cancelled);
}
