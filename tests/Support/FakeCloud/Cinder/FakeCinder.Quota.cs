using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Quotas by project, and what counts against them (cinder/quota_utils.py: process_reserve_over_quota).</summary>
public sealed partial class FakeCinder
{
    private static readonly string[] Resources = ["volumes", "gigabytes", "snapshots", "backups", "backup_gigabytes", "groups", "per_volume_gigabytes"];

    private readonly Dictionary<(string Project, string Resource), int> quotas = [];

    /// <summary>How many volumes a project may have that has no quota of its own; -1 is none.</summary>
    public int MaxVolumes { get; set; } = -1;

    /// <param name="projectId">Whose.</param>
    /// <param name="resource">
    /// <c>volumes</c>, <c>gigabytes</c>, <c>snapshots</c>, <c>backups</c>, <c>backup_gigabytes</c>, <c>groups</c>, <c>per_volume_gigabytes</c>, or one of the
    /// first three with <c>_type</c>.
    /// </param>
    /// <param name="limit">-1 is none.</param>
    public void SetQuota(string projectId, string resource, int limit) => cloud.Locked(() => quotas[(projectId, resource)] = limit);

    private int LimitOf(string projectId, string resource) => quotas.GetValueOrDefault((projectId, resource), resource is "volumes" ? MaxVolumes : -1);

    private int UsedOf(string projectId, string resource)
    {
        var type = resource.Split('_', 2) is ["volumes" or "gigabytes" or "snapshots", var name] ? name : null;
        var mine = volumes.Values.Where(volume => volume.ProjectId == projectId && (type is null || (volume.Type ?? "__DEFAULT__") == type));
        var ofMine = snapshots.Values.Where(snapshot =>
            snapshot.ProjectId == projectId && (type is null || (volumes.GetValueOrDefault(snapshot.VolumeId)?.Type ?? "__DEFAULT__") == type));
        return resource.Split('_')[0] switch
        {
            "volumes" => mine.Count(),
            "gigabytes" => mine.Sum(volume => volume.Size) + ofMine.Sum(snapshot => snapshot.Size),
            "snapshots" => ofMine.Count(),
            "backups" => backups.Values.Count(backup => backup.ProjectId == projectId),
            "backup" => backups.Values.Where(backup => backup.ProjectId == projectId).Sum(backup => backup.Size),
            "groups" => groups.Values.Count(group => group.ProjectId == projectId),
            _ => 0,
        };
    }

    private bool IsOver(string projectId, string resource, int more, out int limit, out int used)
    {
        limit = LimitOf(projectId, resource);
        used = limit < 0 ? 0 : UsedOf(projectId, resource);
        return limit >= 0 && used + more > limit;
    }

    private void CheckQuota(string projectId, int size, string? type)
    {
        CheckVolumeSize(projectId, size);
        CheckGigabytes(projectId, size, type);
        foreach (var name in Both("volumes", type))
        {
            if (IsOver(projectId, name, 1, out var limit, out _))
            {
                // cinder/exception.py: VolumeLimitExceeded, HTTP 413.
                throw new FakeRefusal(413, $"VolumeLimitExceeded: Maximum number of volumes allowed ({limit}) exceeded for quota '{name}'.");
            }
        }
    }

    private void CheckVolumeSize(string projectId, int size)
    {
        if (LimitOf(projectId, "per_volume_gigabytes") is >= 0 and var limit && size > limit)
        {
            throw new FakeRefusal(413, $"VolumeSizeExceedsLimit: Requested volume size {size}G is larger than maximum allowed limit {limit}G.");
        }
    }

    private void CheckGigabytes(string projectId, int more, string? type)
    {
        foreach (var name in Both("gigabytes", type))
        {
            if (IsOver(projectId, name, more, out var limit, out var used))
            {
                throw new FakeRefusal(
                    413,
                    $"VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed {name} quota. Requested {more}G, quota is {limit}G and {used}G has been consumed.");
            }
        }
    }

    private void CheckSnapshotQuota(string projectId, int size, string? type, int count = 1)
    {
        CheckGigabytes(projectId, size, type);
        foreach (var name in Both("snapshots", type))
        {
            if (IsOver(projectId, name, count, out var limit, out _))
            {
                throw new FakeRefusal(413, $"SnapshotLimitExceeded: Maximum number of snapshots allowed ({limit}) exceeded");
            }
        }
    }

    private static string[] Both(string resource, string? type) => [resource, $"{resource}_{type ?? "__DEFAULT__"}"];

    // cinder/api/views/limits.py, cinder/api/contrib/used_limits.py.
    private FakeAnswer ShowLimits(FakeCall call)
    {
        var project = call.IsAdmin && call.Knows(3, 39) ? call.Asked("project_id") ?? call.ProjectId : call.ProjectId;
        return FakeAnswer.Json(200, new JsonObject
        {
            ["limits"] = new JsonObject
            {
                ["rate"] = new JsonArray(),
                ["absolute"] = new JsonObject
                {
                    ["maxTotalVolumes"] = LimitOf(project, "volumes"), ["maxTotalVolumeGigabytes"] = LimitOf(project, "gigabytes"),
                    ["maxTotalSnapshots"] = LimitOf(project, "snapshots"), ["maxTotalBackups"] = LimitOf(project, "backups"),
                    ["maxTotalBackupGigabytes"] = LimitOf(project, "backup_gigabytes"), ["totalVolumesUsed"] = UsedOf(project, "volumes"),
                    ["totalGigabytesUsed"] = UsedOf(project, "gigabytes"), ["totalSnapshotsUsed"] = UsedOf(project, "snapshots"),
                    ["totalBackupsUsed"] = UsedOf(project, "backups"), ["totalBackupGigabytesUsed"] = UsedOf(project, "backup_gigabytes"),
                },
            },
        });
    }

    // cinder/api/contrib/quotas.py.
    private FakeAnswer HandleQuotaSet(FakeCall call, string project)
    {
        if (project != call.ProjectId)
        {
            Demand(call, "volume_extension:quotas:show");
        }

        if (call.Method is "PUT")
        {
            Demand(call, "volume_extension:quotas:update");
            foreach (var (resource, limit) in call.Body()["quota_set"]!.AsObject())
            {
                quotas[(project, resource)] = (int)limit!;
            }
        }

        var usage = call.Asked("usage") is { } said && bool.Parse(said);
        var names = Resources.Concat(quotas.Keys.Where(key => key.Project == project).Select(key => key.Resource)).Distinct(StringComparer.Ordinal);
        var set = new JsonObject(names.Select(name => KeyValuePair.Create(name, usage
            ? new JsonObject { ["limit"] = LimitOf(project, name), ["in_use"] = UsedOf(project, name), ["reserved"] = 0 }
            : (JsonNode?)LimitOf(project, name))))
        {
            ["id"] = project,
        };
        return FakeAnswer.Json(200, new JsonObject { ["quota_set"] = set });
    }
}
