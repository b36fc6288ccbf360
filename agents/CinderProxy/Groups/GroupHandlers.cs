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
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Groups;

/// <summary>
/// Groups (cinder/volume/manager.py: create_group, update_group, delete_group, create_group_from_src). A group of a type that promises nothing about its members is the
/// parent's book-keeping; one whose snapshots are to be consistent never comes here, because we do not offer it.
/// </summary>
internal sealed class GroupHandlers(
    Turns turns,
    KeyedQueue queue,
    CinderDatabase database,
    VolumeMaker maker,
    CreateEnd create,
    Deletion deletion,
    Expectations expectations,
    Refusals refusals) : IHandle<CreateGroup>, IHandle<UpdateGroup>, IHandle<DeleteGroup>, IHandle<CreateGroupFromSrc>
{
    public Task<JsonNode?> HandleAsync(CreateGroup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("create_group");
        return turns.TakeAloneAsync(
            id,
            context,
            turn => database.InTransactionAsync(
                async work => await work.Groups.GetAsync(id) is { Status: GroupStatus.Creating } && await work.Groups.CreatedAsync(id), turn.Cancelled),
            cancelled);
    }

    public Task<JsonNode?> HandleAsync(UpdateGroup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("update_group");
        return turns.TakeAloneAsync(
            id,
            context,
            turn => database.InTransactionAsync(
                async work =>
                {
                    if (await work.Groups.GetAsync(id) is not { Status: GroupStatus.Updating })
                    {
                        return false;
                    }

                    foreach (var added in Ids(call.AddVolumes))
                    {
                        await work.Volumes.SetGroupAsync(added, id);
                    }

                    foreach (var removed in Ids(call.RemoveVolumes))
                    {
                        await work.Volumes.SetGroupAsync(removed, null);
                    }

                    return await work.Groups.StatusAsync(id, GroupStatus.Available);
                },
                turn.Cancelled),
            cancelled);
    }

    /// <summary>Its volumes, all deleting already, go one by one; the group goes with the last.</summary>
    public Task<JsonNode?> HandleAsync(DeleteGroup call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("delete_group");
        return turns.TakeAsync(
            id,
            context,
            async turn =>
            {
                var members = await database.InTransactionAsync(
                    async work =>
                    {
                        await GroupEnds.AfterVolumeGoneAsync(work, id);
                        return await work.Volumes.OfGroupAsync(id);
                    },
                    turn.Cancelled);
                foreach (var member in members.Where(one => one.Status == VolumeStatus.Deleting))
                {
                    await queue.RunAsync(member.Id, inner => deletion.GoOnAsync(member, context, inner.Cancelled), cancelled: turn.Cancelled);
                }
            },
            cancelled);
    }

    /// <summary>Its volumes are rows already, each with the snapshot or the volume that it is made of.</summary>
    public Task<JsonNode?> HandleAsync(CreateGroupFromSrc call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Group.Id("create_group_from_src");
        return turns.TakeAsync(
            id,
            context,
            async turn =>
            {
                var members = await database.ReadAsync(work => work.Volumes.OfGroupAsync(id), turn.Cancelled);
                foreach (var member in members.Where(one => one.Status == VolumeStatus.Creating))
                {
                    await queue.RunAsync(member.Id, inner => MakeAsync(member, inner), cancelled: turn.Cancelled);
                }
            },
            cancelled);
    }

    async Task MakeAsync(VolumeRow row, Turn turn)
    {
        try
        {
            expectations.Expect(await maker.MakeAsync(row, null, turn));
        }
        catch (RpcFault refused)
        {
            await create.FailAsync(row, null, refused.Message, elsewhere: false, turn.Cancelled);
        }
        catch (Exception failure) when (ChildWords.In(failure) is { } fault)
        {
            await refusals.ParkIfAwayAsync(failure, turn.Cancelled);
            await create.FailAsync(row, null, ChildWords.Text(fault), elsewhere: false, turn.Cancelled);
        }
    }

    static string[] Ids(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
