using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Snapshots;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Groups;

/// <summary>Snapshots of groups: one of each volume, whose rows the API has made; the last to be through ends the group's (<see cref="GroupEnds"/>).</summary>
internal sealed class GroupSnapshotHandlers(
    Turns turns, KeyedQueue queue, CinderDatabase database, SnapshotMaker maker, SnapshotEnd end, SnapshotRemoval removal, SnapshotExpectations expectations, Refusals refusals)
    : IHandle<CreateGroupSnapshot>, IHandle<DeleteGroupSnapshot>
{
    public Task<JsonNode?> HandleAsync(CreateGroupSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.GroupSnapshot.Id("create_group_snapshot");
        return turns.TakeAsync(
            id,
            context,
            async turn =>
            {
                var members = await database.ReadAsync(work => work.Snapshots.OfGroupSnapshotAsync(id), turn.Cancelled);
                foreach (var member in members.Where(one => one.Status == SnapshotStatus.Creating))
                {
                    await queue.RunAsync(member.Id, inner => MakeAsync(member, context, inner.Cancelled), cancelled: turn.Cancelled);
                }
            },
            cancelled);
    }

    public Task<JsonNode?> HandleAsync(DeleteGroupSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.GroupSnapshot.Id("delete_group_snapshot");
        return turns.TakeAsync(
            id,
            context,
            async turn =>
            {
                var members = await database.InTransactionAsync(
                    async work =>
                    {
                        await GroupEnds.AfterSnapshotGoneAsync(work, id);
                        return await work.Snapshots.OfGroupSnapshotAsync(id);
                    },
                    turn.Cancelled);
                foreach (var member in members)
                {
                    await queue.RunAsync(member.Id, inner => removal.GoOnAsync(member, context, inner.Cancelled), cancelled: turn.Cancelled);
                }
            },
            cancelled);
    }

    async Task MakeAsync(SnapshotRow row, RpcContext context, CancellationToken cancelled)
    {
        var volume = await database.ReadAsync(work => work.Volumes.GetAsync(row.VolumeId), cancelled);
        if (volume?.ProviderId is not { Length: > 0 } childVolume)
        {
            await end.FailAsync(row, context, "its volume is not in the child", cancelled);
            return;
        }

        try
        {
            expectations.Expect(await maker.MakeAsync(row, childVolume, cancelled));
        }
        catch (Exception failure) when (ChildWords.In(failure) is { } fault)
        {
            await refusals.ParkIfAwayAsync(failure, cancelled);
            await end.FailAsync(row, context, ChildWords.Text(fault), cancelled);
        }
    }
}
