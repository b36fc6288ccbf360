using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Volumes.Create;
using Cascade.CinderProxy.Volumes.Delete;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Groups;

/// <summary>
/// Groups (cinder/volume/manager.py: create_group, update_group, delete_group, create_group_from_src). A group of a type that promises nothing about its members is the
/// parent's book-keeping; one whose snapshots are to be consistent never comes here, because we do not offer it.
/// </summary>
internal sealed class GroupHandlers(Turns turns, CinderDatabase database, CreateStart create, Deletion deletion, Notices notices)
    : IHandle<CreateGroup>, IHandle<UpdateGroup>, IHandle<DeleteGroup>, IHandle<CreateGroupFromSrc>
{
    public Task<JsonNode?> HandleAsync(CreateGroup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("create_group");
        return turns.TakeAloneAsync(id, context, turn => CreateAsync(id, context, turn), cancelled);
    }

    public Task<JsonNode?> HandleAsync(UpdateGroup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("update_group");
        return turns.TakeAloneAsync(id, context, turn => UpdateAsync(id, Ids(call.AddVolumes), Ids(call.RemoveVolumes), context, turn), cancelled);
    }

    /// <summary>Its volumes, all deleting already, go one by one; the group goes with the last.</summary>
    public Task<JsonNode?> HandleAsync(DeleteGroup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("delete_group");
        return turns.TakeEachAsync(id, context, turn => BeginDeleteAsync(id, context, turn), RowAsync, (row, turn) => deletion.GoOnAsync(row, context, turn.Cancelled), cancelled);
    }

    /// <summary>Its volumes are rows already, each with the snapshot or the volume that it is made of.</summary>
    public Task<JsonNode?> HandleAsync(CreateGroupFromSrc call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("create_group_from_src");
        return turns.TakeEachAsync(id, context, turn => BeginCreateAsync(id, context, turn), RowAsync, (row, turn) => create.AskAsync(row, new(null, context), turn), cancelled);
    }

    async Task CreateAsync(string id, RpcContext context, Turn turn)
    {
        if (await GroupAsync(id, GroupStatus.Creating, turn) is not ({ } group, _))
        {
            return;
        }

        await notices.AboutAsync(group, [], "create.start", context, turn.Cancelled);
        var made = await database.InTransactionAsync(work => GroupEnds.MadeAsync(work, id), turn.Cancelled);
        await notices.AboutAsync(made, context, turn.Cancelled);
    }

    async Task UpdateAsync(string id, string[] added, string[] removed, RpcContext context, Turn turn)
    {
        var (group, before) = await GroupAsync(id, GroupStatus.Updating, turn);
        if (group is null)
        {
            return;
        }

        await notices.AboutAsync(group, before, "update.start", context, turn.Cancelled);
        var after = await database.InTransactionAsync(
            async work =>
            {
                foreach (var one in added)
                {
                    await work.Volumes.SetGroupAsync(one, id);
                }

                foreach (var one in removed)
                {
                    await work.Volumes.SetGroupAsync(one, null);
                }

                await work.Groups.StatusAsync(id, GroupStatus.Available);
                return await work.Volumes.OfGroupAsync(id);
            },
            turn.Cancelled);
        await notices.AboutAsync(group with { Status = GroupStatus.Available }, after, "update.end", context, turn.Cancelled);
    }

    async Task<IReadOnlyList<VolumeRow>> BeginDeleteAsync(string id, RpcContext context, Turn turn)
    {
        var (group, members) = await GroupAsync(id, GroupStatus.Deleting, turn);
        if (group is not null)
        {
            await notices.AboutAsync(group, members, "delete.start", context, turn.Cancelled);
        }

        var gone = await database.InTransactionAsync(work => GroupEnds.AfterVolumeGoneAsync(work, id), turn.Cancelled);
        await notices.AboutAsync(gone, context, turn.Cancelled);
        return [.. members.Where(one => one.Status == VolumeStatus.Deleting)];
    }

    async Task<IReadOnlyList<VolumeRow>> BeginCreateAsync(string id, RpcContext context, Turn turn)
    {
        var (group, members) = await GroupAsync(id, GroupStatus.Creating, turn);
        if (group is not null && members.All(one => one.ProviderId is null))
        {
            await notices.AboutAsync(group, members, "create.start", context, turn.Cancelled);
        }

        return [.. members.Where(one => one.Status == VolumeStatus.Creating)];
    }

    Task<VolumeRow?> RowAsync(string id, CancellationToken cancelled) => database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled);

    /// <summary>The group, null unless it is as the message says, and its members whatever it is.</summary>
    Task<(GroupRow?, IReadOnlyList<VolumeRow>)> GroupAsync(string id, string status, Turn turn) => database.ReadAsync(
        async work => (await work.Groups.GetAsync(id) is { } group && group.Status == status ? group : null, await work.Volumes.OfGroupAsync(id)), turn.Cancelled);

    static string[] Ids(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
