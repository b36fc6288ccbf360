using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Child;
using Cascade.Images;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>Beside all turns: the bytes go up, and what comes of it is written in the instance's turn.</summary>
internal sealed partial class SnapshotFlow
{
    /// <summary>Nobody hears what goes wrong here; what the parent's row says is taken up again.</summary>
    async Task CarryAsync(
        string uuid, SnapshotNote note, Func<Task<Delivered>> bring, ISnapshotEnd end, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await ArriveAsync(uuid, note, bring, end, context, cancelled);
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
        {
            Wait(uuid, note, fault.Message);
        }
    }

    async Task ArriveAsync(
        string uuid, SnapshotNote note, Func<Task<Delivered>> bring, ISnapshotEnd end, RpcContext context, CancellationToken cancelled)
    {
        Delivered? arrival = null;
        RpcFault? failure = null;
        try
        {
            arrival = await bring();
        }
        catch (CloudFault fault)
        {
            if (fault.Kind is FaultKind.Unavailable && !await health.CheckAsync(cancelled))
            {
                Wait(uuid, note, ChildFaults.Text(fault));
                return;
            }

            failure = ChildFaults.ToParent("sending the snapshot to the parent", fault);
        }
        catch (RpcFault fault)
        {
            failure = fault;
        }

        if (arrival is Delivered.Busy && time.GetElapsedTime(busySince.GetOrAdd(note.ImageId, _ => time.GetTimestamp())) < Stuck)
        {
            Wait(uuid, note, "bytes of an earlier life are still on the way");
            return;
        }

        failure ??= arrival is Delivered.Busy ? NovaFaults.Failed($"image {note.ImageId} has been saving for too long; whose bytes it waits for is not known") : null;
        await queue.RunAsync(uuid, _ => EndAsync(uuid, note, arrival, failure, end, context, cancelled), cancelled: cancelled);
    }

    async Task EndAsync(
        string uuid, SnapshotNote note, Delivered? arrival, RpcFault? failure, ISnapshotEnd end, RpcContext context, CancellationToken cancelled)
    {
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled);
        if (row is null)
        {
            orders.Done(uuid);
            await AbandonAsync(note, cancelled);
        }
        else if (SnapshotNote.Of(row)?.ImageId != note.ImageId)
        {
            // Ended by somebody else.
            Forget(note);
        }
        else if (failure is not null)
        {
            await FailAsync(row, note, failure, end, context, cancelled);
        }
        else
        {
            await QuietlyAsync(
                row,
                note,
                end,
                context,
                () => arrival is Delivered.There ? end.DoneAsync(row, note, context, cancelled) : end.UnwantedAsync(row, note, context, cancelled),
                cancelled);
            Forget(note);
        }
    }

    /// <summary>A delete that overtook it ends it without a word; a row that somebody reset ends it as a failure (nova/compute/manager.py: _snapshot_instance).</summary>
    async Task QuietlyAsync(VersionedObject row, SnapshotNote note, ISnapshotEnd end, RpcContext context, Func<Task> work, CancellationToken cancelled)
    {
        try
        {
            await work();
        }
        catch (RpcFault going) when (going.IsGoing())
        {
            await AbandonAsync(note, cancelled);
        }
        catch (RpcFault fault)
        {
            await FailAsync(row, note, fault, end, context, cancelled);
        }
    }

    async Task FailAsync(VersionedObject row, SnapshotNote note, Exception why, ISnapshotEnd end, RpcContext context, CancellationToken cancelled)
    {
        Log.SnapshotFailed(log, why, note.ImageId, row.Text("uuid")!, why.Message);
        await images.ClearChildAsync(note.ImageId, cancelled);
        await images.DeleteAsync(note.ImageId, cancelled);
        Forget(note);
        try
        {
            await end.FailedAsync(row, note, why, context, cancelled);
        }
        catch (RpcFault going) when (going.IsGoing())
        {
            // Deleted meanwhile: nobody asks any more.
        }
    }
}
