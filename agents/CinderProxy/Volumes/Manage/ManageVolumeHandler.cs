using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>manage_existing (cinder/volume/flows/manager/manage_existing.py): no byte moves, and the tenant pays for the volume's size.</summary>
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
    ILogger<ManageVolumeHandler> log) : Managing<VolumeRow, Volume>(turns, child, refusals, host, log), IHandle<ManageExisting>
{
    public Task<JsonNode?> HandleAsync(ManageExisting call, RpcContext context, CancellationToken cancelled) =>
        ManageAsync(call.Volume.Id("manage_existing"), call.Ref, context, cancelled);

    protected override async Task<VolumeRow?> RowAsync(string id, CancellationToken cancelled) =>
        await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) is { Status: VolumeStatus.Managing } row ? row : null;

    protected override Task BeginAsync(VolumeRow row, RpcContext context, CancellationToken cancelled) =>
        notices.AboutAsync(row, "manage_existing.start", context, cancelled);

    protected override async IAsyncEnumerable<Volume> MeantAsync(VolumeRow row, ManageReference reference, [EnumeratorCancellation] CancellationToken cancelled)
    {
        if (reference.Id is { } id)
        {
            if (await Child.Volumes.FindAsync(Scope.Own, id, cancelled) is { } seen)
            {
                yield return seen;
            }
        }
        else if (reference.Name is { } name)
        {
            var filter = new VolumeFilter { AllTenants = true, Name = name, ProjectId = row.ProjectId };
            await foreach (var seen in Child.Volumes.ListAsync(Scope.Own, filter, cancelled).Where(seen => seen.Name == name && seen.TenantId == row.ProjectId))
            {
                yield return seen;
            }
        }
    }

    protected override async Task<string?> RefusalAsync(VolumeRow row, Volume seen, CancellationToken cancelled) =>
        seen.TenantId != row.ProjectId ? $"it is of project {seen.TenantId} in the child: manage it with a token of that project"
        : seen.Status is not (VolumeStatus.Available or VolumeStatus.InUse) ? $"it is {seen.Status} in the child"
        : await OtherAsync(row.Id, seen.Id, cancelled) is { } other ? $"it is volume {other} of the parent already"
        : null;

    protected override Task StampAsync(string childId, Dictionary<string, string> stamp, CancellationToken cancelled) =>
        Child.Volumes.SetMetadataAsync(Scope.Own, childId, stamp, cancelled);

    protected override Task RemoveMetadataAsync(string childId, string key, CancellationToken cancelled) => Child.Volumes.DeleteMetadataAsync(Scope.Own, childId, key, cancelled);

    protected override async Task<string?> TakeOverAsync(VolumeRow row, Volume seen, RpcContext context, CancellationToken cancelled)
    {
        var over = await database.InTransactionAsync<IReadOnlyList<string>?>(
            async work =>
            {
                // Before the quota is charged: nobody gives it back for a row that is something else meanwhile.
                if (await work.Volumes.LockAsync(row.Id) is not { Status: VolumeStatus.Managing })
                {
                    return null;
                }

                var type = row.VolumeTypeId is { } typeId ? await work.VolumeTypes.GetAsync(typeId) : null;
                var passed = await work.Quotas.TakeAsync(row.ProjectId, QuotaCharge.Gigabytes(seen.Size ?? 0, type?.Name));
                if (passed.Count == 0
                    && await work.Volumes.ManagedAsync(row.Id, seen.Size ?? 0, seen.Id, VolumeLink.LocationOf(seen.Id, options.Child.RegionName), service.Uuid)
                    && seen.Bootable == true)
                {
                    await work.Volumes.BootableAsync(row.Id);
                    await work.GlanceMetadata.FromChildAsync(row.Id, seen.VolumeImageMetadata);
                }

                return passed;
            },
            cancelled);
        if (over is null)
        {
            return "it is not to be taken over any more";
        }

        if (over.Count > 0)
        {
            return $"the project's quota of {string.Join(", ", over)} is exceeded";
        }

        book.Set(seen.Id, row.Id);
        Log.VolumeManaged(Logger, row.Id, seen.Id);
        capabilities.Soon();
        await notices.AboutVolumeAsync(row.Id, "manage_existing.end", context, cancelled);
        return null;
    }

    /// <summary>Its one volume stays in the quota until it is deleted, as natively.</summary>
    protected override Task FailAsync(VolumeRow row, CancellationToken cancelled) =>
        database.InTransactionAsync(work => work.Volumes.StatusAsync(row.Id, VolumeStatus.Managing, VolumeStatus.ErrorManaging), cancelled);

    async Task<string?> OtherAsync(string id, string childId, CancellationToken cancelled) =>
        (await database.ReadAsync(work => work.Volumes.OfChildrenAsync(Host.Service, [childId]), cancelled)).FirstOrDefault(row => row.Id != id)?.Id;
}
