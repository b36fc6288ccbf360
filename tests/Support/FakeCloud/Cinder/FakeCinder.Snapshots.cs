using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Snapshots (cinder/api/v3/snapshots.py over cinder/volume/api.py).</summary>
public sealed partial class FakeCinder
{
    /// <summary>Snapshots whose backend finds something that depends on them: a delete puts them back to <c>available</c>.</summary>
    public ISet<string> BusySnapshots { get; } = new HashSet<string>(StringComparer.Ordinal);

    private FakeAnswer HandleSnapshots(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("POST", []):
                return CreateSnapshot(call);
            case ("GET", ["detail"] or []):
                return ListSnapshots(call);
            case ("GET", [var id]):
                return Shown(call, SnapshotOf(call, id));
            case ("PUT", [var id]):
                return Change(call, SnapshotOf(call, id));
            case ("DELETE", [var id]):
                return DeleteSnapshot(call, SnapshotOf(call, id), force: false);
            case ("POST", [var id, "action"]):
                return Act(call, SnapshotOf(call, id));
            case ("POST", [var id, "metadata"]):
                var noted = SnapshotOf(call, id);
                foreach (var (name, value) in Items(call.Body()["metadata"]))
                {
                    noted.Metadata[name] = value;
                }

                return FakeAnswer.Json(200, new JsonObject { ["metadata"] = Json(noted.Metadata) });
            case ("DELETE", [var id, "metadata", var key]):
                return SnapshotOf(call, id).Metadata.Remove(key)
                    ? FakeAnswer.Empty(200)
                    : throw new FakeRefusal(404, $"Snapshot {id} has no metadata with key {key}.");
            default:
                throw NoRoute();
        }
    }

    // create_snapshot_in_db.
    private FakeAnswer CreateSnapshot(FakeCall call)
    {
        var asked = call.Body()["snapshot"]!.AsObject();
        var volume = Own(call, (string)asked["volume_id"]!);
        var forced = asked["force"] is { } said ? bool.Parse(said.ToString()) : (bool?)null;
        if (call.Knows(3, 66) && forced is false)
        {
            throw new FakeRefusal(400, "Since microversion 3.66 the 'force' flag is invalid for this request.  For backward compatability, however, when the 'force' flag is passed with a value evaluating to True, it is silently ignored.");
        }

        DemandSnapshot(volume, forced is true || call.Knows(3, 66));
        CheckSnapshotQuota(call.ProjectId, volume.Size, volume.Type);
        var snapshot = AddSnapshot(volume, call.ProjectId, one =>
        {
            (one.Name, one.Description, one.UserId) = ((string?)asked["name"], (string?)asked["description"], call.Token!.UserId);
            foreach (var (key, value) in Items(asked["metadata"]))
            {
                one.Metadata[key] = value;
            }
        });
        var answer = FakeAnswer.Json(202, new JsonObject { ["snapshot"] = View(call, snapshot) });
        snapshot.Updated = Second();
        var requestId = call.Request.RequestId;
        Later("snapshot", snapshot, () => snapshot.Status = "available", () =>
        {
            snapshot.Status = "error";
            Say(snapshot.ProjectId, "VOLUME_SNAPSHOT", snapshot.Id, "009", "013", "create snapshot:Snapshot failed to create.", requestId);
        });
        return answer;
    }

    private static void DemandSnapshot(FakeVolume volume, bool inUse)
    {
        if (volume.Status is "error")
        {
            throw new FakeRefusal(400, "Invalid volume: The snapshot cannot be created when the volume is in error status.");
        }

        if (volume.Status is not "available" && !(inUse && volume.Status is "in-use"))
        {
            throw new FakeRefusal(
                400, $"Invalid volume: Volume {volume.Id} status must be {(inUse ? "available, in-use" : "available")}, but current status is: {volume.Status}.");
        }
    }

    private FakeSnapshot AddSnapshot(FakeVolume volume, string projectId, Action<FakeSnapshot>? edit)
    {
        var snapshot = new FakeSnapshot(Guid.NewGuid().ToString(), volume.Id, volume.Size)
        {
            ProjectId = projectId, Created = cloud.Now, Content = volume.Content, Bootable = volume.Bootable, ImageMetadata = new(volume.ImageMetadata),
        };
        edit?.Invoke(snapshot);
        snapshots.Add(snapshot.Id, snapshot);
        snapshotsOf.Add(volume.Id, snapshot);
        return snapshot;
    }

    private static FakeAnswer Shown(FakeCall call, FakeSnapshot snapshot) => FakeAnswer.Json(200, new JsonObject { ["snapshot"] = View(call, snapshot) });

    private FakeAnswer Change(FakeCall call, FakeSnapshot snapshot)
    {
        var asked = call.Body()["snapshot"]!.AsObject();
        snapshot.Name = asked.ContainsKey("name") ? (string?)asked["name"] : snapshot.Name;
        snapshot.Description = asked.ContainsKey("description") ? (string?)asked["description"] : snapshot.Description;
        snapshot.Updated = Second();
        return Shown(call, snapshot);
    }

    // cinder/volume/api.py: delete_snapshot; manager.py: delete_snapshot.
    private FakeAnswer DeleteSnapshot(FakeCall call, FakeSnapshot snapshot, bool force)
    {
        if (snapshot.GroupSnapshotId is not null || !(force || snapshot.Status is "available" or "error"))
        {
            throw new FakeRefusal(400, $"Invalid snapshot: Snapshot {(force ? "" : "status must be available or error and ")}must not be part of a group.");
        }

        snapshot.Status = "deleting";
        var requestId = call.Request.RequestId;
        Later(
            "delete-snapshot",
            snapshot,
            () =>
            {
                if (BusySnapshots.Contains(snapshot.Id))
                {
                    snapshot.Status = "available";
                    Say(snapshot.ProjectId, "VOLUME_SNAPSHOT", snapshot.Id, "010", "015", "delete snapshot:Snapshot is busy.", requestId);
                }
                else
                {
                    Forget(snapshot);
                }
            },
            () =>
            {
                snapshot.Status = "error_deleting";
                Say(snapshot.ProjectId, "VOLUME_SNAPSHOT", snapshot.Id, "010", "016", "delete snapshot:Snapshot failed to delete.", requestId);
            });
        return Accepted;
    }

    private FakeAnswer Act(FakeCall call, FakeSnapshot snapshot)
    {
        var (word, argument) = call.Body().Single();
        switch (word)
        {
            case "os-reset_status":
                Demand(call, "volume_extension:snapshot_admin_actions:reset_status");
                (snapshot.Status, snapshot.Updated) = ((string)argument!["status"]!, Second());
                return Accepted;
            case "os-force_delete":
                Demand(call, "volume_extension:snapshot_admin_actions:force_delete");
                return DeleteSnapshot(call, snapshot, force: true);
            default:
                throw new FakeRefusal(400, $"There is no such action: {word}");
        }
    }

    private void Forget(FakeSnapshot snapshot)
    {
        snapshots.Remove(snapshot.Id);
        snapshotsOf.Remove(snapshot.VolumeId, snapshot);
    }

    // cinder/api/v3/views/snapshots.py: ViewBuilder.detail.
    private static JsonObject View(FakeCall call, FakeSnapshot snapshot)
    {
        var view = new JsonObject
        {
            ["id"] = snapshot.Id, ["created_at"] = Time(snapshot.Created), ["updated_at"] = Time(snapshot.Updated), ["name"] = snapshot.Name,
            ["description"] = snapshot.Description, ["volume_id"] = snapshot.VolumeId, ["status"] = snapshot.Status, ["size"] = snapshot.Size,
            ["metadata"] = Json(snapshot.Metadata), ["os-extended-snapshot-attributes:project_id"] = snapshot.ProjectId,
            ["os-extended-snapshot-attributes:progress"] = snapshot.Status is "available" ? "100%" : "0%",
        };
        if (call.Knows(3, 14))
        {
            view["group_snapshot_id"] = snapshot.GroupSnapshotId;
        }

        if (call.Knows(3, 41))
        {
            view["user_id"] = snapshot.UserId;
        }

        if (call.Knows(3, 65))
        {
            view["consumes_quota"] = true;
        }

        return view;
    }
}
