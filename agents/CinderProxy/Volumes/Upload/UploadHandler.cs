using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Messages;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Images;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Upload;

/// <summary>
/// copy_volume_to_image (cinder/volume/manager.py: VolumeManager.copy_volume_to_image): the child makes an image of the volume, its bytes go into the record that the
/// parent's API has queued, and the child's image goes again. The message is held to the end, because only it knows the image.
/// </summary>
internal sealed class UploadHandler(
    Turns turns,
    CinderDatabase database,
    VolumeImages made,
    ParentImages parent,
    ImageDelivery delivery,
    Deliveries deliveries,
    Sights sights,
    Refusals refusals,
    TimeProvider time,
    ILogger<UploadHandler> log) : IHandle<CopyVolumeToImage>
{
    /// <summary>A message may not be held longer than 20 minutes; the bytes go on, and the message comes back and waits for them.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Who sends bytes may have died without Glance having noticed, or stand still and go on; longer than this he does not.</summary>
    static readonly TimeSpan Stuck = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, Task<Delivered>> running = new(StringComparer.Ordinal);

    /// <summary>Since when somebody else's bytes are in our way, by image. A cache: the next life waits as long once more.</summary>
    readonly ConcurrentDictionary<string, long> busySince = new(StringComparer.Ordinal);

    public Task<JsonNode?> HandleAsync(CopyVolumeToImage call, RpcContext context, CancellationToken cancelled) =>
        turns.TakeAsync(call.VolumeId, context, turn => UploadAsync(call, context, turn), cancelled);

    async Task UploadAsync(CopyVolumeToImage call, RpcContext context, Turn turn)
    {
        var image = Text(call.ImageMeta, "id");
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(call.VolumeId), turn.Cancelled);
        if (row?.Status != VolumeStatus.Uploading || image is null)
        {
            return;
        }

        string? failure;
        try
        {
            failure = row.ProviderId is { Length: > 0 } childId ? await BringAsync(childId, image, call.ImageMeta, turn) : "it has no volume in the child";
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            failure = ChildWords.Text(fault);
        }
        catch (RpcFault fault)
        {
            failure = fault.Message;
        }

        await EndAsync(row, image, failure, context, turn.Cancelled);
    }

    /// <returns>Null when the bytes are there; else why not.</returns>
    async Task<string?> BringAsync(string childId, string image, JsonObject meta, Turn turn)
    {
        if (await parent.Images.FindAsync(Scope.Own, image, turn.Cancelled) is { Status: "active" })
        {
            return null;
        }

        var childImage = await made.EnsureAsync(childId, image, Text(meta, "disk_format"), Text(meta, "container_format"), turn.Cancelled);
        if ((await made.LookAsync(childImage, turn.Cancelled))?.Status is not "active")
        {
            // The child's volume says when its upload is over.
            await sights.UntilAsync(childId, now => now.Status != VolumeStatus.Uploading, turn);
        }

        if (await made.LookAsync(childImage, turn.Cancelled) is not { Status: "active" } ready)
        {
            return "the child did not come to an end with the image";
        }

        var bytes = running.GetOrAdd(image, id => DeliverAsync(id, ready));
        try
        {
            return await turn.AsideAsync(stop => bytes.WaitAsync(Longest, time, stop)) is Delivered.Busy ? Waited(image) : null;
        }
        catch (TimeoutException)
        {
            throw new ParkException($"the bytes of image {image} are on their way");
        }
        finally
        {
            if (bytes.IsCompleted)
            {
                running.TryRemove(new(image, bytes));
            }
        }
    }

    /// <returns>Why it is given up.</returns>
    /// <exception cref="ParkException">It may still end well: the message comes back and looks again.</exception>
    string Waited(string image) => time.GetElapsedTime(busySince.GetOrAdd(image, _ => time.GetTimestamp())) < Stuck
        ? throw new ParkException($"bytes of an earlier life are still on the way into image {image}")
        : "it has been saving for too long; whose bytes it waits for is not known";

    /// <summary>A few at a time, and not ended by a message that is put aside.</summary>
    Task<Delivered> DeliverAsync(string image, OpenStack.Image.CloudImage ready)
    {
        var over = new TaskCompletionSource<Delivered>(TaskCreationOptions.RunContinuationsAsynchronously);
        deliveries.Begin(image, async stop =>
        {
            try
            {
                over.SetResult(await delivery.BringAsync(ready, image, _ => [], stop));
            }
            catch (OperationCanceledException)
            {
                over.TrySetCanceled(CancellationToken.None);
                throw;
            }
            catch (Exception fault)
            {
                over.TrySetException(fault);
            }
        });
        return over.Task;
    }

    /// <summary>The volume is itself again in every case; an image that got no bytes goes (cinder/volume/manager.py: copy_volume_to_image, finally).</summary>
    async Task EndAsync(VolumeRow row, string image, string? failure, RpcContext context, CancellationToken cancelled)
    {
        busySince.TryRemove(image, out _);
        if (failure is not null)
        {
            Log.UploadFailed(log, row.Id, image, failure);
            await TryAsync(() => RemoveEmptyAsync(image, cancelled), image);
        }

        await TryAsync(() => made.RemoveAsync(image, cancelled), image);
        await database.InTransactionAsync(
            async work =>
            {
                if (failure is not null)
                {
                    await work.Messages.InsertAsync(UserMessages.UploadFailed, row.Id, row.ProjectId, context.RequestId);
                }

                return await work.Volumes.UploadedAsync(row.Id);
            },
            cancelled);
        if (failure is null)
        {
            Log.VolumeUploaded(log, row.Id, image);
        }
    }

    async Task RemoveEmptyAsync(string image, CancellationToken cancelled)
    {
        if (await parent.Images.FindAsync(Scope.Own, image, cancelled) is { Status: "queued" or "saving" })
        {
            await parent.Images.DeleteAsync(Scope.Own, image, cancelled);
        }
    }

    async Task TryAsync(Func<Task> tidy, string image)
    {
        try
        {
            await tidy();
        }
        catch (CloudFault fault)
        {
            Log.ImageLeft(log, fault, image, fault.Message);
        }
    }

    static string? Text(JsonObject of, string name) => of[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
