using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Mirror.Queue;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>
/// manage_existing: a volume that the child has becomes one of the parent, where it is and as it is: no byte moves
/// (cinder/volume/flows/manager/manage_existing.py). It gets our stamp, and the tenant pays for its size.
/// </summary>
internal sealed class ManageVolumeHandler(
    Turns turns,
    CinderDatabase database,
    ChildCloud child,
    VolumeBook book,
    Refusals refusals,
    VolumeHost host,
    ServiceIdentity service,
    CinderProxyOptions options,
    CapabilitiesTold capabilities,
    Notices notices,
    ILogger<ManageVolumeHandler> log) : IHandle<ManageExisting>
{
    public Task<JsonNode?> HandleAsync(ManageExisting call, RpcContext context, CancellationToken cancelled)
    {
        var id = call.Volume.Id("manage_existing");
        return turns.TakeAsync(id, context, turn => ManageAsync(id, call, context, turn), cancelled);
    }

    async Task ManageAsync(string id, ManageExisting call, RpcContext context, Turn turn)
    {
        var row = await database.ReadAsync(work => work.Volumes.GetAsync(id), turn.Cancelled);
        if (row?.Status != VolumeStatus.Managing)
        {
            return;
        }

        await notices.AboutAsync(row, "manage_existing.start", context, turn.Cancelled);
        try
        {
            var seen = await FindAsync(ManageReference.Of(call.Ref), row.ProjectId, turn.Cancelled);
            var reason = seen is null ? "no volume of the child is meant by it, or several" : await RefusalAsync(row, seen, turn.Cancelled);
            if (reason is not null)
            {
                await FailAsync(row, reason, turn.Cancelled);
                return;
            }

            await child.Volumes.SetMetadataAsync(Scope.Own, seen!.Id, Stamp.Of(id, host.Service), turn.Cancelled);
            await TakeOverAsync(row, seen, context, turn.Cancelled);
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            await FailAsync(row, ChildWords.Text(fault), turn.Cancelled);
        }
    }

    async Task<Volume?> FindAsync(ManageReference reference, string projectId, CancellationToken cancelled)
    {
        if (reference.Id is { } id)
        {
            return await child.Volumes.FindAsync(Scope.Own, id, cancelled);
        }

        if (reference.Name is not { } name)
        {
            return null;
        }

        var found = new List<Volume>();
        await foreach (var seen in child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true, Name = name, ProjectId = projectId }, cancelled))
        {
            if (seen.Name == name && seen.TenantId == projectId)
            {
                found.Add(seen);
            }
        }

        return found is [var one] ? one : null;
    }

    /// <returns>Null when it may be taken over.</returns>
    async Task<string?> RefusalAsync(VolumeRow row, Volume seen, CancellationToken cancelled) =>
        seen.TenantId != row.ProjectId ? $"it is of project {seen.TenantId} in the child: manage it with a token of that project"
        : seen.Status is not (VolumeStatus.Available or VolumeStatus.InUse) ? $"it is {seen.Status} in the child"
        : await OtherAsync(row.Id, seen.Id, cancelled) is { } other ? $"it is volume {other} of the parent already"
        : null;

    async Task<string?> OtherAsync(string id, string childId, CancellationToken cancelled) =>
        (await database.ReadAsync(work => work.Volumes.OfChildrenAsync(host.Service, [childId]), cancelled)).FirstOrDefault(row => row.Id != id)?.Id;

    async Task TakeOverAsync(VolumeRow row, Volume seen, RpcContext context, CancellationToken cancelled)
    {
        var over = await database.InTransactionAsync(
            async work =>
            {
                var type = row.VolumeTypeId is { } typeId ? await work.VolumeTypes.GetAsync(typeId) : null;
                var passed = await work.Quotas.TakeAsync(row.ProjectId, QuotaCharge.Gigabytes(seen.Size ?? 0, type?.Name));
                if (passed.Count > 0 || !await work.Volumes.ManagedAsync(row.Id, seen.Size ?? 0, seen.Id, VolumeLink.LocationOf(seen.Id, options.Child.RegionName), service.Uuid))
                {
                    return passed;
                }

                if (seen.Bootable == true)
                {
                    await work.Volumes.BootableAsync(row.Id);
                    await work.GlanceMetadata.InsertAsync(row.Id, (seen.VolumeImageMetadata ?? new Dictionary<string, string>()).Select(item => KeyValuePair.Create(item.Key, (string?)item.Value)));
                }

                return passed;
            },
            cancelled);
        if (over.Count > 0)
        {
            await FailAsync(row, $"the project's quota of {string.Join(", ", over)} is exceeded", cancelled);
            return;
        }

        book.Set(seen.Id, row.Id);
        Log.VolumeManaged(log, row.Id, seen.Id);
        capabilities.Soon();
        await notices.AboutVolumeAsync(row.Id, "manage_existing.end", context, cancelled);
    }

    /// <summary>Its one volume stays in the quota until it is deleted, as natively.</summary>
    Task<bool> FailAsync(VolumeRow row, string reason, CancellationToken cancelled)
    {
        Log.ManageFailed(log, row.Id, reason);
        return database.InTransactionAsync(work => work.Volumes.StatusAsync(row.Id, VolumeStatus.Managing, VolumeStatus.ErrorManaging), cancelled);
    }
}
