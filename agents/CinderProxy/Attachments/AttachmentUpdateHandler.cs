using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Replies;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Attachments;

/// <summary>
/// attachment_update: checks that volume and server meet in our child, writes that they are about to, and answers where the volume is; who asked attaches it there
/// (D12; cinder/volume/manager.py: VolumeManager.attachment_update). initialize_connection is the same question of older callers, and writes nothing.
/// </summary>
internal sealed class AttachmentUpdateHandler(
    CallTurns turns, CinderDatabase database, ChildCloud child, ChildFlags flags, VolumeHost host, CinderProxyOptions options, Notices notices)
    : IHandle<AttachmentUpdate>, IHandle<InitializeConnection>
{
    public Task<JsonNode?> HandleAsync(AttachmentUpdate call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Vref.Id("attachment_update");
        return turns.TakeAsync(id, context, turn => ConnectAsync(id, call, context, turn.Cancelled), cancelled);
    }

    public Task<JsonNode?> HandleAsync(InitializeConnection call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("initialize_connection");
        return turns.TakeAsync(
            id,
            context,
            async turn =>
            {
                var row = await RowAsync(id, turn.Cancelled);
                Check(row, Connector.Of(call.Connector ?? []));
                return (await InfoAsync(row, turn.Cancelled)).Nested();
            },
            cancelled);
    }

    async Task<JsonNode?> ConnectAsync(string id, AttachmentUpdate call, RpcContext context, CancellationToken cancelled)
    {
        var row = await RowAsync(id, cancelled);
        await notices.AboutAsync(row, "attach.start", context, cancelled);
        try
        {
            var connector = Connector.Of(call.Connector ?? []);
            Check(row, connector);
            var seen = await CheckChildAsync(row, connector, cancelled);
            var info = await InfoAsync(row, cancelled);
            await flags.PassOnAsync(row, seen, info.AccessMode == ConnectionInfo.ReadOnly, cancelled);
            var kept = JsonSerializer.SerializeToElement(call.Connector);
            if (!await database.InTransactionAsync(work => work.Attachments.AttachingAsync(call.AttachmentId, id, kept, info.AccessMode), cancelled))
            {
                throw CinderFaults.VolumeAttachmentNotFound($"attachment_id = {call.AttachmentId}");
            }

            return info.Flat(call.AttachmentId);
        }
        catch (RpcFault refused)
        {
            await database.InTransactionAsync(work => work.Attachments.ErrorAttachingAsync(call.AttachmentId), cancelled);
            await database.InTransactionAsync(
                async work =>
                {
                    await work.Messages.InsertAsync(Contracts.Cinder.Messages.UserMessages.AttachmentFailed.Because(refused.Class), id, row.ProjectId, context.RequestId);
                    return true;
                },
                cancelled);
            throw;
        }
    }

    async Task<VolumeRow> RowAsync(string id, CancellationToken cancelled)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) ?? throw CinderFaults.VolumeNotFound(id);
        return row.ProviderId is { Length: > 0 } && host.Has(row.Host) ? row : throw CinderFaults.InvalidVolume($"volume {id} is not in the child that this host stands for");
    }

    /// <exception cref="RpcFault">The server is in another child.</exception>
    void Check(VolumeRow row, Connector connector)
    {
        if (connector.ChildRegion is { } region && options.Child.RegionName is { } ours && region != ours)
        {
            throw CinderFaults.InvalidInput($"volume {row.Id} is in {ours} and the server in {region}: a volume is attached where it is. Create the server in the volume's availability zone");
        }
    }

    /// <exception cref="RpcFault">Another server of the child has it, or it is not to be had at all.</exception>
    async Task<Volume> CheckChildAsync(VolumeRow row, Connector connector, CancellationToken cancelled)
    {
        var seen = await child.Volumes.FindAsync(Scope.Own, row.ProviderId!, cancelled)
            ?? throw CinderFaults.InvalidVolume($"volume {row.Id} is gone in the child");
        var others = seen.Attachments.Where(one => one.ServerId != connector.ChildServerId).ToList();
        if (others.Count > 0 && !row.Multiattach)
        {
            throw CinderFaults.InvalidVolume($"in the child the volume is attached to server {others[0].ServerId}");
        }

        if (seen.Status is not (VolumeStatus.Available or VolumeStatus.InUse or VolumeStatus.Reserved or VolumeStatus.Attaching))
        {
            throw CinderFaults.InvalidVolume($"in the child the volume is {seen.Status}");
        }

        return seen;
    }

    async Task<ConnectionInfo> InfoAsync(VolumeRow row, CancellationToken cancelled)
    {
        var (admin, type) = await database.ReadAsync(
            async work => (await work.AdminMetadata.GetAsync(row.Id), row.VolumeTypeId is { } id ? await work.VolumeTypes.GetAsync(id) : null), cancelled);
        return new(row.Id, row.ProviderId!, options.Child.RegionName ?? "", ConnectionInfo.Mode(admin))
        {
            ChildProjectId = row.ProjectId,
            Cacheable = type?.ExtraSpecs.GetValueOrDefault("cacheable") == "<is> True",
        };
    }
}
