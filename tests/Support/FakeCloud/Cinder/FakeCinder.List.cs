using System.Globalization;
using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Lists with their filters (cinder/api/v3/volumes.py and snapshots.py, cinder/db/api.py: _process_volume_filters, _process_snaps_filters).</summary>
public sealed partial class FakeCinder
{
    /// <summary>The metadata items under which a volume is indexed.</summary>
    private readonly Dictionary<string, List<string>> indexed = new(StringComparer.Ordinal);

    private static readonly HashSet<string> Paged = ["limit", "marker", "offset", "sort", "sort_key", "sort_dir", "with_count", "all_tenants"];

    /// <summary>etc/cinder/resource_filters.json: what others than administrators may filter by.</summary>
    private static readonly HashSet<string> VolumeFilters =
        ["name", "status", "metadata", "bootable", "migration_status", "availability_zone", "group_id", "size", "created_at", "updated_at", "consumes_quota"];

    private static readonly HashSet<string> SnapshotFilters = ["name", "status", "volume_id", "metadata", "availability_zone", "consumes_quota"];

    private FakeAnswer ListVolumes(FakeCall call, Func<FakeVolume, JsonObject> view, string path)
    {
        DemandFilters(call, VolumeFilters);
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var wanted = call.Asked("metadata") is { } python ? FakePython.Dictionary(python) : null;
        if (call.Asked("metadata") is not null && wanted is null)
        {
            return FakeAnswer.Json(200, new JsonObject { ["volumes"] = new JsonArray() });
        }

        var time = call.Knows(3, 60) ? Comparison(call.Asked("updated_at")) : null;
        var candidates = wanted is { Count: > 0 } ? volumesOf[Key(wanted.First())] : (IEnumerable<FakeVolume>)volumes.Values;
        var found = candidates.Where(volume =>
            (everybody ? call.Asked("project_id") is not { } project || volume.ProjectId == project : volume.ProjectId == call.ProjectId)
            && (call.Asked("name") is not { } name || volume.Name == name)
            && (call.Asked("status") is not { } status || volume.Status == status)
            && (call.Asked("group_id") is not { } group || volume.GroupId == group)
            && (call.Asked("bootable") is not { } bootable || volume.Bootable == bool.Parse(bootable))
            && (call.Asked("host") is not { } host || HostOf(volume) == host || HostOf(volume).StartsWith(host + "#", StringComparison.Ordinal))
            && (wanted is null || wanted.All(item => Shown(volume).GetValueOrDefault(item.Key) == item.Value))
            && (time is null || time(volume.Updated)));
        var page = new FakePage<FakeVolume>(path, "volumes", "volumes_links", volume => volume.Id, (volume, key) => key switch
        {
            "created_at" => volume.Created, "updated_at" => volume.Updated, "name" => volume.Name, "size" => volume.Size, "status" => volume.Status, _ => volume.Id,
        });
        return page.Answer(call, cloud, found, volumes.GetValueOrDefault, view);
    }

    private FakeAnswer ListSnapshots(FakeCall call)
    {
        DemandFilters(call, SnapshotFilters);
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var wanted = call.Knows(3, 22) && call.Asked("metadata") is { } python ? FakePython.Dictionary(python) ?? new Dictionary<string, string> { [""] = "" } : null;
        var candidates = call.Asked("volume_id") is { } volumeId ? snapshotsOf[volumeId] : (IEnumerable<FakeSnapshot>)snapshots.Values;
        var found = candidates.Where(snapshot =>
            (everybody ? call.Asked("project_id") is not { } project || snapshot.ProjectId == project : snapshot.ProjectId == call.ProjectId)
            && (call.Asked("name") is not { } name || snapshot.Name == name)
            && (call.Asked("status") is not { } status || snapshot.Status == status)
            && (wanted is null || wanted.All(item => snapshot.Metadata.GetValueOrDefault(item.Key) == item.Value)));
        var page = new FakePage<FakeSnapshot>("/snapshots/detail", "snapshots", "snapshots_links", snapshot => snapshot.Id, (snapshot, key) => key switch
        {
            "created_at" => snapshot.Created, "updated_at" => snapshot.Updated, "name" => snapshot.Name, "size" => snapshot.Size, _ => snapshot.Id,
        });
        return page.Answer(call, cloud, found, snapshots.GetValueOrDefault, snapshot => View(call, snapshot));
    }

    // cinder/api/common.py: reject_invalid_filters.
    private static void DemandFilters(FakeCall call, HashSet<string> known)
    {
        var odd = call.Query.Keys.Where(key => !Paged.Contains(key) && !known.Contains(key)).ToList();
        if (odd.Count > 0 && !call.IsAdmin && call.Knows(3, 31))
        {
            throw new FakeRefusal(400, $"Invalid filters {string.Join(',', odd)} are found in query options.");
        }
    }

    // cinder/api/v3/volumes.py: _handle_time_comparison_filters; several are joined by OR (cinder/db/api.py: _filter_time_comparison).
    private static Func<DateTimeOffset?, bool>? Comparison(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var units = text.Split(',').Select(unit => unit.Split(':', 2)).Select(unit => (
            Operator: unit[0],
            Time: unit.Length is 2 && DateTimeOffset.TryParse(unit[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw new FakeRefusal(400, "Invalid updated_at value"))).ToList();
        return value => value is { } known && units.Exists(unit => unit.Operator switch
        {
            "gt" => known > unit.Time,
            "gte" => known >= unit.Time,
            "lt" => known < unit.Time,
            "lte" => known <= unit.Time,
            "eq" => known == unit.Time,
            "neq" => known != unit.Time,
            var odd => throw new FakeRefusal(400, $"Invalid {odd} operator"),
        });
    }

    private static string Key(KeyValuePair<string, string> item) => $"{item.Key}\n{item.Value}";

    private void Reindex(FakeVolume volume)
    {
        var keys = Shown(volume).Select(Key).ToList();
        foreach (var key in indexed.GetValueOrDefault(volume.Id) ?? [])
        {
            volumesOf.Remove(key, volume);
        }

        indexed[volume.Id] = keys;
        keys.ForEach(key => volumesOf.Add(key, volume));
    }
}
