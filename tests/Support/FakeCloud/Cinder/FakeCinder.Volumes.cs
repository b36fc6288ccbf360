using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Volumes: created, changed, deleted, shown.</summary>
public sealed partial class FakeCinder
{
    private FakeAnswer HandleVolumes(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("POST", []):
                return Create(call);
            case ("GET", []):
                return ListVolumes(call, volume => new JsonObject { ["id"] = volume.Id, ["name"] = volume.Name }, "/volumes");
            case ("GET", ["detail"]):
                return ListVolumes(call, volume => View(call, volume), "/volumes/detail");
            case ("GET", [var id]):
                return Shown(call, Own(call, id));
            case ("PUT", [var id]):
                return Change(call, Own(call, id));
            case ("DELETE", [var id]):
                return Delete(call, Own(call, id));
            case ("POST", [var id, "action"]):
                return Act(call, Own(call, id));
            case ("POST", [var id, "metadata"]):
                return Note(Own(call, id), volume => volume.Metadata, Items(call.Body()["metadata"]));
            case ("DELETE", [var id, "metadata", var key]):
                var noted = Own(call, id);
                DemandQuiet(noted, "Deleting");
                var went = noted.Metadata.Remove(key);
                Reindex(noted);
                return went ? FakeAnswer.Empty(200) : throw new FakeRefusal(404, $"Volume {id} has no metadata with key {key}.");
            default:
                throw NoRoute();
        }
    }

    private FakeAnswer Create(FakeCall call)
    {
        var asked = call.Body()["volume"]!.AsObject();
        if ((bool?)asked["multiattach"] is true)
        {
            throw new FakeRefusal(400, "multiattach parameter has been removed. The default behavior is to use multiattach enabled volume types. Contact your administrator to create a multiattach enabled volume type and use it to create multiattach volumes.");
        }

        var source = SourceOf(call, asked);
        var type = TypeOf((string?)asked["volume_type"]) ?? source.Type;
        var group = (string?)asked["group_id"] is { } groupId ? OwnGroup(call, groupId) : null;
        CheckGroup(group, type);
        var zone = group is null ? (string?)asked["availability_zone"] ?? source.Zone ?? "nova" : "nova";
        CheckZone(zone);
        CheckQuota(call.ProjectId, source.Size, type);

        var made = Add(call.ProjectId, source.Size, type, volume =>
        {
            (volume.Name, volume.Description, volume.Zone, volume.UserId) = ((string?)asked["name"] ?? "", (string?)asked["description"], zone, call.Token!.UserId);
            (volume.ImageId, volume.SnapshotId, volume.SourceVolid, volume.GroupId) = (source.ImageId, source.SnapshotId, source.SourceVolid, group?.Id);
            volume.Bootable = source.Bootable && CascadesTo is not null;
            foreach (var (key, value) in Items(asked["metadata"]))
            {
                volume.Metadata[key] = value;
            }
        });
        var answer = FakeAnswer.Json(202, new JsonObject { ["volume"] = View(call, made) });
        // The scheduler's choice of a host is the first change.
        made.Updated = Second();
        Build(made, source, call.Request.RequestId);
        return answer;
    }

    /// <summary>Cinder-Proxy makes the child's volume with the same call and keeps its id.</summary>
    private FakeVolume Add(string projectId, int size, string? type, Action<FakeVolume>? edit)
    {
        var volume = new FakeVolume
        {
            Id = Guid.NewGuid().ToString(), ProjectId = projectId, Size = size, Type = type, Created = cloud.Now, Multiattach = IsMultiattach(type),
        };
        edit?.Invoke(volume);
        if (CascadesTo is { } child)
        {
            volume.ProviderId = child.Cinder.Take(projectId, size, volume.Multiattach);
        }

        volumes.Add(volume.Id, volume);
        Reindex(volume);
        return volume;
    }

    private string Take(string projectId, int size, bool multiattach) => cloud.Locked(() =>
    {
        var volume = Add(projectId, size, null, one => one.Multiattach = multiattach);
        Build(volume);
        return volume.Id;
    });

    private static FakeAnswer Accepted { get; } = FakeAnswer.Empty(202);

    private FakeAnswer Shown(FakeCall call, FakeVolume volume) => FakeAnswer.Json(200, new JsonObject { ["volume"] = View(call, volume) });

    // cinder/api/v3/volumes.py: update.
    private FakeAnswer Change(FakeCall call, FakeVolume volume)
    {
        var asked = call.Body()["volume"]!.AsObject();
        volume.Name = asked.ContainsKey("name") ? (string?)asked["name"] ?? "" : volume.Name;
        volume.Description = asked.ContainsKey("description") ? (string?)asked["description"] : volume.Description;
        if (asked["metadata"] is JsonObject metadata)
        {
            volume.Metadata.Clear();
            foreach (var (key, value) in Items(metadata))
            {
                volume.Metadata[key] = value;
            }
        }

        Save(volume);
        return Shown(call, volume);
    }

    // cinder/volume/api.py: _update_volume_metadata.
    private FakeAnswer Note(FakeVolume volume, Func<FakeVolume, Dictionary<string, string>> of, IEnumerable<KeyValuePair<string, string>> items)
    {
        DemandQuiet(volume, "Updating");
        foreach (var (key, value) in items)
        {
            of(volume)[key] = value;
        }

        Reindex(volume);
        return FakeAnswer.Json(200, new JsonObject { ["metadata"] = Json(of(volume)) });
    }

    private static void DemandQuiet(FakeVolume volume, string doing)
    {
        if (volume.Status is "maintenance" or "uploading")
        {
            throw new FakeRefusal(400, $"Invalid volume: {doing} volume metadata is not allowed for volumes in {volume.Status} status.");
        }
    }

    // cinder/volume/api.py: delete.
    private FakeAnswer Delete(FakeCall call, FakeVolume volume)
    {
        var force = call.Asked("force") is { } said && call.Knows(3, 23) && bool.Parse(said);
        if (force)
        {
            Demand(call, "volume:force_delete");
        }

        Delete(volume, force, call.Asked("cascade") is { } with && bool.Parse(with));
        return Accepted;
    }

    private void Delete(FakeVolume volume, bool force, bool cascade)
    {
        var mine = snapshotsOf[volume.Id].ToList();
        var may = force || volume.Status is "available" or "error" or "error_restoring" or "error_extending" or "error_managing";
        if (!may || volume.GroupId is not null || volume.MigrationStatus is "migrating" || attachmentsOf[volume.Id].Any(one => one.Status is "attached")
            || (cascade && !force ? mine.Exists(one => one.Status is not ("available" or "error" or "deleting") || one.GroupSnapshotId is not null) : mine.Count > 0 && !cascade))
        {
            var status = force ? "" : "status must be available or error or error_restoring or error_extending or error_managing and ";
            throw new FakeRefusal(
                400,
                $"Invalid volume: Volume {status}must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, "
                + "or be disassociated from snapshots after volume transfer.");
        }

        mine.ForEach(one => one.Status = "deleting");
        volume.Status = "deleting";
        Save(volume);
        if (CascadesTo is null)
        {
            Erase(volume);
        }
    }

    // cinder/volume/manager.py: delete_volume, _clear_db.
    private void Erase(FakeVolume volume) => Later(
        "delete",
        volume,
        () =>
        {
            foreach (var snapshot in snapshotsOf[volume.Id].ToList())
            {
                Forget(snapshot);
            }

            Forget(volume);
        },
        () => volume.Status = "error_deleting");

    private void Forget(FakeVolume volume)
    {
        volumes.Remove(volume.Id);
        foreach (var key in indexed.GetValueOrDefault(volume.Id) ?? [])
        {
            volumesOf.Remove(key, volume);
        }

        indexed.Remove(volume.Id);
    }

    private void Save(FakeVolume volume)
    {
        volume.Updated = Second();
        if (volumes.ContainsKey(volume.Id))
        {
            Reindex(volume);
        }
    }
}
