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
internal sealed class GroupSnapshotHandlers(Turns turns, CinderDatabase database, SnapshotStart create, SnapshotRemoval removal, Notices notices)
    : IHandle<CreateGroupSnapshot>, IHandle<DeleteGroupSnapshot>
{
    public Task<JsonNode?> HandleAsync(CreateGroupSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.GroupSnapshot.Id("create_group_snapshot");
        return turns.TakeEachAsync(id, context, turn => BeginCreateAsync(id, context, turn), RowAsync, (row, turn) => create.AskAsync(row, context, turn.Cancelled), cancelled);
    }

    public Task<JsonNode?> HandleAsync(DeleteGroupSnapshot call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.GroupSnapshot.Id("delete_group_snapshot");
        return turns.TakeEachAsync(id, context, turn => BeginDeleteAsync(id, context, turn), RowAsync, (row, turn) => removal.GoOnAsync(row, context, turn.Cancelled), cancelled);
    }

    async Task<IReadOnlyList<SnapshotRow>> BeginCreateAsync(string id, RpcContext context, Turn turn)
    {
        var (group, members) = await GroupAsync(id, turn);
        if (group?.Status == GroupSnapshotStatus.Creating && members.All(one => one.ProviderId is null))
        {
            await notices.AboutAsync(group, members, "create.start", context, turn.Cancelled);
        }

        return [.. members.Where(one => one.Status == SnapshotStatus.Creating)];
    }

    async Task<IReadOnlyList<SnapshotRow>> BeginDeleteAsync(string id, RpcContext context, Turn turn)
    {
        var (group, members) = await GroupAsync(id, turn);
        if (group?.Status == GroupSnapshotStatus.Deleting)
        {
            await notices.AboutAsync(group, members, "delete.start", context, turn.Cancelled);
        }

        var gone = await database.InTransactionAsync(work => GroupEnds.AfterSnapshotGoneAsync(work, id), turn.Cancelled);
        await notices.AboutAsync(gone, context, turn.Cancelled);
        // The API made all of them deleting (cinder/group/api.py: delete_group_snapshot): what is not so at a second delivery was given back.
        return [.. members.Where(one => one.Status == SnapshotStatus.Deleting)];
    }

    Task<SnapshotRow?> RowAsync(string id, CancellationToken cancelled) => database.ReadAsync(work => work.Snapshots.GetAsync(id), cancelled);

    Task<(GroupSnapshotRow?, IReadOnlyList<SnapshotRow>)> GroupAsync(string id, Turn turn) =>
        database.ReadAsync(async work => (await work.GroupSnapshots.GetAsync(id), await work.Snapshots.OfGroupSnapshotAsync(id)), turn.Cancelled);
}
