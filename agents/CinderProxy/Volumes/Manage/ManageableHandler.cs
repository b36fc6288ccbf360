using System.Text.Json.Nodes;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.States;
using Cascade.Contracts.Cinder.Volume;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>
/// What of the child an administrator may take over, and what is taken already (cinder/volume/manager.py: get_manageable_volumes, get_manageable_snapshots). Sorted and
/// cut here, for the API passes on what it was asked (cinder/volume/volume_utils.py: paginate_entries_list).
/// </summary>
internal sealed class ManageableHandler(ChildCloud child, CinderDatabase database, ChildHealth health, VolumeHost host) : IHandle<GetManageableVolumes>, IHandle<GetManageableSnapshots>
{
    public async Task<JsonNode?> HandleAsync(GetManageableVolumes call, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        Require();
        var taken = await TakenVolumesAsync(cancelled);
        var all = new List<ManageableResource>();
        await foreach (var seen in child.Volumes.ListAsync(Scope.Own, new() { AllTenants = true }, cancelled))
        {
            var parent = taken.GetValueOrDefault(seen.Id);
            all.Add(new(ManageReference.To(seen.Id, seen.Name), seen.Size ?? 0)
            {
                CinderId = parent,
                ReasonNotSafe = parent is not null ? "already managed"
                    : seen.Status is VolumeStatus.Available or VolumeStatus.InUse ? null
                    : $"it is {seen.Status} in the child",
                ExtraInfo = new Dictionary<string, string?>
                {
                    ["project_id"] = seen.TenantId, ["status"] = seen.Status, ["volume_type"] = seen.VolumeType, ["availability_zone"] = seen.AvailabilityZone,
                },
            });
        }

        return ManageableResource.Volumes(Page.Of(all, call.Marker, call.Limit, call.Offset, call.SortKeys, call.SortDirs));
    }

    public async Task<JsonNode?> HandleAsync(GetManageableSnapshots call, RpcContext context, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        Require();
        var volumes = await TakenVolumesAsync(cancelled);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in database.SnapshotsOfAsync(host.Service, cancelled))
        {
            if (row.ProviderId is { } childId)
            {
                taken[childId] = row.Id;
            }
        }

        var all = new List<ManageableResource>();
        await foreach (var seen in child.Snapshots.ListAsync(Scope.Own, new() { AllTenants = true }, cancelled))
        {
            var parent = taken.GetValueOrDefault(seen.Id);
            all.Add(new(ManageReference.To(seen.Id, seen.Name), seen.Size ?? 0)
            {
                CinderId = parent,
                ReasonNotSafe = parent is not null ? "already managed"
                    : seen.VolumeId is null || !volumes.ContainsKey(seen.VolumeId) ? "its volume is not managed"
                    : seen.Status == SnapshotStatus.Available ? null
                    : $"it is {seen.Status} in the child",
                SourceReference = new Dictionary<string, string?> { [ManageReference.IdKey] = seen.VolumeId },
            });
        }

        return ManageableResource.Snapshots(Page.Of(all, call.Marker, call.Limit, call.Offset, call.SortKeys, call.SortDirs));
    }

    void Require()
    {
        if (!health.Answers)
        {
            throw CinderFaults.InvalidInput($"the cloud behind {host.Service} does not answer: {health.Reason}");
        }
    }

    async Task<Dictionary<string, string>> TakenVolumesAsync(CancellationToken cancelled)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in database.VolumesOfAsync(host.Service, cancelled))
        {
            if (row.ProviderId is { } childId)
            {
                taken[childId] = row.Id;
            }
        }

        return taken;
    }
}
