using System.Collections.Concurrent;
using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.Images;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.OpenStack.Image;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>
/// The way of a snapshot: the child is asked for an image, the watch sees by the server's task state that it is over, and its bytes go up beside all turns, so
/// that a delete need not wait for them. Each step looks first at what is there.
/// </summary>
internal sealed partial class SnapshotFlow(
    KeyedQueue queue,
    Instances instances,
    ChildCloud child,
    ChildHealth health,
    ChildServers servers,
    ChildSnapshots made,
    SnapshotImages images,
    ImageDelivery copy,
    Deliveries copies,
    Orders orders,
    Expectations expectations,
    ServerRefusals refusals,
    TimeProvider time,
    ILogger<SnapshotFlow> log)
{
    /// <summary>Who sends bytes may have died without its Glance having noticed; longer than this it has not, and never will.</summary>
    static readonly TimeSpan Stuck = TimeSpan.FromMinutes(10);

    /// <summary>What this life asked the child for, and since when somebody else's bytes are in our way. Caches: without them it is asked, and waited for, once more.</summary>
    readonly ConcurrentDictionary<string, bool> asked = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, long> busySince = new(StringComparer.Ordinal);

    /// <summary>Asks the child for the image, unless it has it. Within the instance's turn.</summary>
    /// <exception cref="RpcFault">The child refuses.</exception>
    public Task GiveAsync(VersionedObject row, SnapshotNote note, SnapshotKind kind, RpcContext context, CancellationToken cancelled) => refusals.AskAsync(
        "taking a snapshot of the server in the child",
        async () =>
        {
            var server = await servers.GetAsync(row, context.Elevated(), cancelled);
            if (await made.FindAsync(note.ImageId, cancelled) is null)
            {
                await AskAsync(server.Id, note.ImageId, cancelled);
            }

            asked[note.ImageId] = true;
            orders.Give(row.Text("uuid")!, new(kind.Event, context, time.GetTimestamp()));
            expectations.Expect(server.Id);
        },
        cancelled);

    /// <summary>The child's server is at rest: its image is made, or never will be. Within the instance's turn.</summary>
    public async Task GoOnAsync(VersionedObject row, SnapshotNote note, ISnapshotEnd end, RpcContext context, CancellationToken cancelled)
    {
        var kind = end.KindOf(note);
        var image = await made.FindAsync(note.ImageId, cancelled);
        if (image is { Status: "active" })
        {
            await SendAsync(row, note, image, end, context, cancelled);
        }
        else if (kind.IsOnTheWay(row.Text("task_state")) && image is null)
        {
            // Sent and removed by an earlier life, which could not say so any more; or somebody removed it.
            Delivered? arrival = await images.StatusAsync(note.ImageId, cancelled) switch { null => Delivered.Unwanted, "active" => Delivered.There, _ => null };
            var failure = arrival is null ? NovaFaults.Failed("the image of the snapshot is gone from the child, and its bytes were not all in the parent") : null;
            await EndAsync(row.Text("uuid")!, note, arrival, failure, end, context, cancelled);
        }
        else if (image is null && !asked.ContainsKey(note.ImageId))
        {
            await QuietlyAsync(row, note, end, context, () => GiveAsync(row, note, kind, context, cancelled), cancelled);
        }
        else
        {
            var state = image is null ? "it has removed it again" : $"it is {image.Status}";
            await FailAsync(row, note, NovaFaults.Failed($"the child took the order to take a snapshot and did not finish the image: {state}"), end, context, cancelled);
        }
    }

    /// <summary>
    /// Clears away what a snapshot that cannot go on would leave, in both clouds and in the row; the fault is its caller's to tell. Within the instance's turn.
    /// </summary>
    public async Task ClearAsync(string uuid, SnapshotNote note, RpcContext context, CancellationToken cancelled)
    {
        await images.ClearChildAsync(note.ImageId, cancelled);
        await images.DeleteAsync(note.ImageId, cancelled);
        Forget(note);
        try
        {
            await instances.SaveSystemMetadataAsync(context.Elevated(), uuid, SnapshotNote.Remove, [], null, cancelled);
        }
        catch (RpcFault gone) when (gone.Is("InstanceNotFound"))
        {
            // It went with its instance.
        }
    }

    /// <summary>The instance is going, or gone: nothing is said.</summary>
    public async Task AbandonAsync(SnapshotNote note, CancellationToken cancelled)
    {
        await images.DeleteUnfinishedAsync(note.ImageId, cancelled);
        await images.ClearChildAsync(note.ImageId, cancelled);
        Forget(note);
    }

    async Task AskAsync(string serverId, string imageId, CancellationToken cancelled)
    {
        try
        {
            await child.Servers.CreateImageAsync(Scope.Own, serverId, ChildSnapshots.NameOf(imageId), made.PropertiesOf(imageId), cancelled);
        }
        catch (CloudFault fault) when (fault.ResultUnknown)
        {
            // nova-api makes the image before it answers (nova/compute/api.py: snapshot).
            if (await made.FindAsync(imageId, cancelled) is null)
            {
                throw;
            }
        }
    }

    async Task SendAsync(VersionedObject row, SnapshotNote note, CloudImage image, ISnapshotEnd end, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var kind = end.KindOf(note);
        await QuietlyAsync(
            row,
            note,
            end,
            context,
            async () =>
            {
                if (row.Text("task_state") == kind.Working)
                {
                    await instances.SaveAsync(context.Elevated(), uuid, new() { ["task_state"] = kind.PendingUpload }, [kind.Working], cancelled);
                }

                if (row.Text("task_state") != kind.Uploading)
                {
                    await instances.SaveAsync(context.Elevated(), uuid, new() { ["task_state"] = kind.Uploading }, [kind.PendingUpload], cancelled);
                }

                // The server is not looked at any more: what follows is between the two Glances.
                orders.Give(uuid, new(kind.Event, context, time.GetTimestamp()));
                if (ServerLink.Of(row) is { } childId)
                {
                    expectations.Settle(childId);
                }

                copies.Begin(
                    note.ImageId,
                    stop => CarryAsync(uuid, note, () => copy.BringAsync(image, note.ImageId, record => SnapshotRecord.Steps(image, record, row.Text("project_id")), stop), end, context, stop));
            },
            cancelled);
    }

    /// <summary>Left to <see cref="Watching.Resumption"/>, which takes up what nobody works on.</summary>
    void Wait(string uuid, SnapshotNote note, string reason)
    {
        Log.SnapshotWaits(log, note.ImageId, uuid, reason);
        orders.Done(uuid);
    }

    void Forget(SnapshotNote note)
    {
        asked.TryRemove(note.ImageId, out _);
        busySince.TryRemove(note.ImageId, out _);
    }
}
