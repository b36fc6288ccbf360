using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Types;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Retype;

/// <summary>
/// retype (cinder/volume/manager.py: VolumeManager.retype), inside the child only: the child retypes to the type that stands for the new one, and migrates within
/// itself if the tenant allows a migration. Two types of the parent that are one in the child need nothing of the child.
/// </summary>
internal sealed class RetypeHandler(
    Turns turns,
    CinderDatabase database,
    ChildCloud child,
    ChildOrders orders,
    Refusals refusals,
    VolumeHost host,
    CinderProxyOptions options,
    CapabilitiesTold capabilities,
    Notices notices,
    ILogger<RetypeHandler> log) : IHandle<Contracts.Cinder.Volume.Retype>
{
    public Task<JsonNode?> HandleAsync(Contracts.Cinder.Volume.Retype call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("retype");
        return turns.TakeAsync(id, context, turn => RetypeAsync(id, call, context, turn), cancelled);
    }

    async Task RetypeAsync(string id, Contracts.Cinder.Volume.Retype call, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), turn.Cancelled);
        if (row?.Status != VolumeStatus.Retyping
            || (row.VolumeTypeId == call.NewTypeId && await database.ReadAsync(work => work.Quotas.AreSettledAsync(call.Reservations), turn.Cancelled)))
        {
            // Done, by an earlier delivery: what is being retyped is the next order's, and its message is behind this one.
            return;
        }

        try
        {
            await (await RefusalAsync(row, call, turn) is { } refusal ? FailAsync(row, call, refusal, turn.Cancelled) : RetypedAsync(row, call, context, turn.Cancelled));
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            await FailAsync(row, call, ChildWords.Text(fault), turn.Cancelled);
        }
    }

    /// <returns>Null when the child has done it.</returns>
    async Task<string?> RefusalAsync(VolumeRow row, Contracts.Cinder.Volume.Retype call, Turn turn)
    {
        if (call.Host?["host"]?.ToString() is { } wanted && !host.Has(wanted))
        {
            return $"{wanted} is another cloud, and nothing moves a volume there";
        }

        if (row.ProviderId is not { Length: > 0 } childId)
        {
            return "it has no volume in the child";
        }

        var (before, after) = await database.ReadAsync(
            async work => (row.VolumeTypeId is { } old ? await work.VolumeTypes.GetAsync(old) : null, await work.VolumeTypes.GetAsync(call.NewTypeId)), turn.Cancelled);
        if (after is null)
        {
            return $"volume type {call.NewTypeId} is gone";
        }

        if (await database.ReadAsync(work => work.VolumeTypes.IsEncryptedAsync(after.Id), turn.Cancelled))
        {
            return $"volume type {after.Name} is encrypted with keys of the parent, which the child does not have";
        }

        var (from, to) = (ChildTypes.Of(before?.ExtraSpecs, options.DefaultChildType), ChildTypes.Of(after.ExtraSpecs, options.DefaultChildType));
        if (from == to)
        {
            return null;
        }

        if (to is null)
        {
            return $"volume type {after.Name} names no {ChildTypes.Spec}, and there is no default_child_type: there is nothing to retype to in the child";
        }

        var seen = await orders.DoAsync(
            childId,
            now => IsOf(now, to),
            now => now.Status == VolumeStatus.Retyping || now.MigrationStatus is "migrating" or "starting" or "completing",
            stop => child.Volumes.RetypeAsync(Scope.Own, childId, to, call.MigrationPolicy, stop),
            turn);
        return seen is null ? "it is gone in the child"
            : IsOf(seen, to) ? null
            // The child takes it back without a word (cinder/volume/manager.py: _retype_error).
            : $"the child left it with type {seen.VolumeType}";
    }

    static bool IsOf(OpenStack.BlockStorage.Volume seen, string type) => seen.VolumeType == type || seen.VolumeTypeId == type;

    async Task RetypedAsync(VolumeRow row, Contracts.Cinder.Volume.Retype call, RpcContext context, CancellationToken cancelled)
    {
        var done = await database.InTransactionAsync(
            async work =>
            {
                var status = row.PreviousStatus ?? VolumeStatus.Available;
                if (!await work.Volumes.RetypedAsync(row.Id, call.NewTypeId, row.Host!, status))
                {
                    return false;
                }

                await work.Quotas.CommitAsync([.. call.Reservations ?? [], .. call.OldReservations ?? []]);
                return true;
            },
            cancelled);
        if (done)
        {
            Log.VolumeRetyped(log, row.Id, call.NewTypeId);
            capabilities.Soon();
            await notices.AboutVolumeAsync(row.Id, "retype", context, cancelled);
        }
    }

    async Task FailAsync(VolumeRow row, Contracts.Cinder.Volume.Retype call, string reason, CancellationToken cancelled)
    {
        Log.RetypeFailed(log, row.Id, reason);
        await database.InTransactionAsync(
            async work =>
            {
                if (await work.Volumes.PreviousStatusAsync(row.Id, VolumeStatus.Retyping))
                {
                    await work.Quotas.RollBackAsync([.. call.Reservations ?? [], .. call.OldReservations ?? []]);
                }

                return true;
            },
            cancelled);
    }
}
