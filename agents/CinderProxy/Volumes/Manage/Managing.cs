using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>Something that the child has becomes the parent's, where it is and as it is: what is meant is found, gets our stamp, and the row is linked to it.</summary>
internal abstract class Managing<TRow, TSeen>(Turns turns, ChildCloud child, Refusals refusals, VolumeHost host, ILogger log) : IDisposable
    where TRow : class, IResourceRow
    where TSeen : class, IResource
{
    /// <summary>Two rows that name the same of the child are in turns of their own: that it is another's already is only seen when the other is through. Waited for beside the budget.</summary>
    readonly SemaphoreSlim one = new(1);

    protected ChildCloud Child => child;

    protected VolumeHost Host => host;

    protected ILogger Logger => log;

    public void Dispose() => one.Dispose();

    /// <param name="reference">What the administrator names.</param>
    protected Task<JsonNode?> ManageAsync(string id, JsonNode? reference, RpcContext context, CancellationToken cancelled) =>
        turns.TakeAsync(id, context, turn => ManageAsync(id, ManageReference.Of(reference), context, turn), cancelled);

    /// <summary>Null when it is not to be taken over any more.</summary>
    protected abstract Task<TRow?> RowAsync(string id, CancellationToken cancelled);

    /// <summary>Tells that it begins.</summary>
    protected abstract Task BeginAsync(TRow row, RpcContext context, CancellationToken cancelled);

    /// <summary>Everything that the reference may mean.</summary>
    protected abstract IAsyncEnumerable<TSeen> MeantAsync(TRow row, ManageReference reference, CancellationToken cancelled);

    /// <returns>Null when it may be taken over.</returns>
    protected abstract Task<string?> RefusalAsync(TRow row, TSeen seen, CancellationToken cancelled);

    protected abstract Task StampAsync(string childId, Dictionary<string, string> stamp, CancellationToken cancelled);

    /// <summary>One item of the metadata of the child's thing.</summary>
    protected abstract Task RemoveMetadataAsync(string childId, string key, CancellationToken cancelled);

    /// <returns>Null when it is the parent's now; else why it cannot be.</returns>
    protected abstract Task<string?> TakeOverAsync(TRow row, TSeen seen, RpcContext context, CancellationToken cancelled);

    /// <summary>The row says that it failed.</summary>
    protected abstract Task FailAsync(TRow row, CancellationToken cancelled);

    async Task ManageAsync(string id, ManageReference reference, RpcContext context, Turn turn)
    {
        if (await RowAsync(id, turn.Cancelled) is not { } row)
        {
            return;
        }

        await BeginAsync(row, context, turn.Cancelled);
        string? refusal;
        await turn.AsideAsync(async stop =>
        {
            await one.WaitAsync(stop);
            return true;
        });
        try
        {
            refusal = await TakeAsync(row, reference, context, turn.Cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            refusal = ChildWords.Text(fault);
        }
        finally
        {
            one.Release();
        }

        if (refusal is not null)
        {
            Log.ManageFailed(log, id, refusal);
            await FailAsync(row, turn.Cancelled);
        }
    }

    /// <returns>Null when it is done.</returns>
    async Task<string?> TakeAsync(TRow row, ManageReference reference, RpcContext context, CancellationToken cancelled)
    {
        if (await MeantAsync(row, reference, cancelled).Take(2).ToListAsync(cancelled) is not [var seen])
        {
            return "nothing of the child is meant by it, or several";
        }

        if (await RefusalAsync(row, seen, cancelled) is { } refusal)
        {
            if (Stamp.ParentOf(seen.Metadata) == row.Id)
            {
                await UnstampAsync(row, seen.Id, cancelled);
            }

            return refusal;
        }

        string? refused;
        try
        {
            await StampAsync(seen.Id, Stamp.Of(row.Id, host.Service), cancelled);
            refused = await TakeOverAsync(row, seen, context, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            refused = ChildWords.Text(fault);
        }

        if (refused is not null)
        {
            await UnstampAsync(row, seen.Id, cancelled);
        }

        return refused;
    }

    /// <summary>What is not taken over is not ours, and must not look so when its row is deleted. The delete takes off what is left (<see cref="Unmanaging.NeverManagedAsync"/>).</summary>
    async Task UnstampAsync(TRow row, string childId, CancellationToken cancelled)
    {
        try
        {
            await Stamp.RemoveAsync(childId, RemoveMetadataAsync, cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, cancelled);
            Log.LeftInChild(log, fault, row.Id, fault.Message);
        }
    }
}
