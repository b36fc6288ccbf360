using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>How the create of a snapshot begins: the child is asked, and what it refuses is the create's end. Within the snapshot's turn.</summary>
internal sealed class SnapshotStart(
    CinderDatabase database, SnapshotMaker maker, SnapshotEnd end, SnapshotOrders orders, SnapshotExpectations expectations, Refusals refusals, VolumeHost host, TimeProvider time)
{
    public async Task AskAsync(SnapshotRow row, RpcContext context, CancellationToken cancelled)
    {
        var volume = await database.ReadAsync(work => work.Volumes.GetAsync(row.VolumeId), cancelled);
        if (volume?.ProviderId is not { Length: > 0 } childVolume || !host.Has(volume.Host))
        {
            await end.FailAsync(row, context, "its volume is not in the child", cancelled);
            return;
        }

        try
        {
            var childId = await maker.MakeAsync(row, childVolume, cancelled);
            orders.Give(row.Id, new(context, time.GetTimestamp()));
            expectations.Expect(childId);
        }
        catch (Exception failure) when (ChildWords.In(failure) is { } fault)
        {
            await refusals.ParkIfAwayAsync(failure, cancelled);
            await end.FailAsync(row, context, ChildWords.Text(fault), cancelled);
        }
    }
}
