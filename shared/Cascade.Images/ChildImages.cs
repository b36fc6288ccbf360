using System.Collections.Concurrent;
using Cascade.Agent.Child;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Microsoft.Extensions.Logging;

namespace Cascade.Images;

/// <summary>
/// Images of the parent made available in the child: one copy however many builds want it at once, a few copies at a time, and shared with the
/// project that boots.
/// </summary>
public sealed class ChildImages(ParentImages parent, ChildCloud child, IImageFaults faults, ImageOptions options, TimeProvider time, ILogger<ChildImages> log) : IDisposable
{
    readonly ConcurrentDictionary<string, Task<CloudImage>> copying = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Image, string Project), bool> shared = new();
    readonly SemaphoreSlim places = new(options.Copies);
    readonly CancellationTokenSource ending = new();

    /// <returns>The id of the child's image, active and usable by the project.</returns>
    /// <param name="cancelled">Ends this wait; a copy that others may want goes on.</param>
    public async Task<string> EnsureAsync(string imageId, string projectId, CancellationToken cancelled)
    {
        var copy = await CopyAsync(imageId, cancelled);
        // Everybody may use a community image or one that the clouds share; the rest needs the project as a member.
        if (copy.Visibility is "shared" && ImageMap.Property(copy, ImageMap.Stamp) is not null && !shared.ContainsKey((copy.Id, projectId)))
        {
            await child.Cloud.Images.AddMemberAsync(Scope.Own, copy.Id, projectId, cancelled);
            await ShareAsync(copy, ImageMap.KernelId, projectId, cancelled);
            await ShareAsync(copy, ImageMap.RamdiskId, projectId, cancelled);
            shared[(copy.Id, projectId)] = true;
        }

        return copy.Id;
    }

    /// <summary>Removes the copy of an image that is no more in the parent.</summary>
    /// <exception cref="CloudFault">The child's Glance refuses.</exception>
    public Task RemoveAsync(string imageId, CancellationToken cancelled) => new ImageCopy(parent, child, faults, log).RemoveAsync(imageId, cancelled);

    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
        places.Dispose();
    }

    async Task<CloudImage> CopyAsync(string imageId, CancellationToken cancelled)
    {
        var copy = copying.GetOrAdd(imageId, static (id, self) => self.BringAsync(id), this);
        try
        {
            return await copy.WaitAsync(options.Patience, time, cancelled);
        }
        catch (TimeoutException)
        {
            throw faults.Failed(
                $"image {imageId} is still being copied to the child after {options.Patience.TotalMinutes:0} minutes; it goes on, try again later");
        }
    }

    async Task<CloudImage> BringAsync(string imageId)
    {
        await Task.Yield();
        try
        {
            await places.WaitAsync(ending.Token);
            try
            {
                return await new ImageCopy(parent, child, faults, log).BringAsync(imageId, ending.Token);
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            // The next build looks again: one GET, and what somebody removed in the child comes back.
            copying.TryRemove(imageId, out _);
        }
    }

    async Task ShareAsync(CloudImage copy, string property, string projectId, CancellationToken cancelled)
    {
        if (ImageMap.Property(copy, property) is { } part)
        {
            var image = await child.Cloud.Images.GetAsync(Scope.Own, part, cancelled);
            if (image.Visibility is "shared")
            {
                await child.Cloud.Images.AddMemberAsync(Scope.Own, part, projectId, cancelled);
            }
        }
    }
}
