using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Groups of volumes (cinder/api/v3/groups.py over cinder/group/api.py).</summary>
public sealed partial class FakeCinder
{
    private readonly Dictionary<string, FakeVolumeGroup> groups = new(StringComparer.Ordinal);

    public IReadOnlyList<FakeVolumeGroup> Groups => Read(() => groups.Values.Select(group => group with { }).ToList());

    private FakeAnswer HandleGroups(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("POST", []):
                return CreateGroup(call);
            case ("POST", ["action"]) when call.Knows(3, 14):
                return CreateGroupFromSource(call);
            case ("GET", ["detail"] or []):
                return ListGroups(call);
            case ("GET", [var id]):
                return FakeAnswer.Json(200, new JsonObject { ["group"] = View(call, OwnGroup(call, id)) });
            case ("PUT", [var id]):
                return Change(call, OwnGroup(call, id));
            case ("POST", [var id, "action"]):
                var (word, argument) = call.Body().Single();
                var group = OwnGroup(call, id);
                if (word is "delete")
                {
                    return DeleteGroup(group, (bool?)argument!["delete-volumes"] is true);
                }

                Demand(call, "group:reset_status");
                group.Status = (string)argument!["status"]!;
                return Accepted;
            default:
                throw NoRoute();
        }
    }

    private FakeVolumeGroup OwnGroup(FakeCall call, string id) => groups.GetValueOrDefault(id) is { } found && (call.IsAdmin || found.ProjectId == call.ProjectId)
        ? found
        : throw new FakeRefusal(404, $"Group {id} could not be found.");

    private List<FakeVolume> VolumesIn(FakeVolumeGroup group) => volumes.Values.Where(volume => volume.GroupId == group.Id).ToList();

    private static void CheckGroup(FakeVolumeGroup? group, string? type)
    {
        if (group is null)
        {
            return;
        }

        if (type is null)
        {
            throw Input("volume_type must be provided when creating a volume in a group.");
        }

        if (!group.VolumeTypes.Contains(type))
        {
            throw Input($"Invalid volume_type provided: {type} (requested type must be supported by this group).");
        }
    }

    private FakeAnswer CreateGroup(FakeCall call)
    {
        var asked = call.Body()["group"]!.AsObject();
        var made = AddGroup(call, asked, GroupTypeOf((string)asked["group_type"]!), [.. asked["volume_types"]!.AsArray().Select(type => TypeOf((string)type!)!)], null, null);
        Later("group", made.Id, () => made.Status = "available", () => made.Status = "error");
        return Summary(made);
    }

    private FakeVolumeGroup AddGroup(FakeCall call, JsonObject asked, FakeGroupType type, IReadOnlyList<string> volumeTypes, string? snapshotId, string? sourceId)
    {
        if (IsOver(call.ProjectId, "groups", 1, out var limit, out _))
        {
            throw new FakeRefusal(413, $"GroupLimitExceeded: Maximum number of groups allowed ({limit}) exceeded");
        }

        var group = new FakeVolumeGroup
        {
            Id = Guid.NewGuid().ToString(), ProjectId = call.ProjectId, Type = type, VolumeTypes = volumeTypes, Created = cloud.Now, Name = (string?)asked["name"],
            Description = (string?)asked["description"], GroupSnapshotId = snapshotId, SourceGroupId = sourceId,
        };
        groups.Add(group.Id, group);
        return group;
    }

    // cinder/group/api.py: create_from_src.
    private FakeAnswer CreateGroupFromSource(FakeCall call)
    {
        var asked = call.Body()["create-from-src"]!.AsObject();
        var (snapshotId, sourceId) = ((string?)asked["group_snapshot_id"], (string?)asked["source_group_id"]);
        var taken = snapshotId is null ? [] : SnapshotsIn(OwnGroupSnapshot(call, snapshotId));
        var origin = OwnGroup(call, sourceId ?? groupSnapshots[snapshotId!].GroupId);
        var copied = sourceId is null ? [] : VolumesIn(origin);
        if (taken.Count + copied.Count is 0)
        {
            throw new FakeRefusal(400, $"Invalid Group: {(sourceId is null ? "Group snapshot is empty. No group" : "Source Group is empty. No group ")} will be created.");
        }

        var made = AddGroup(call, asked, origin.Type, origin.VolumeTypes, snapshotId, sourceId);
        var members = taken.ConvertAll(snapshot => Member(volumes[snapshot.VolumeId], snapshot.Size, snapshot.Content, one => one.SnapshotId = snapshot.Id))
            .Concat(copied.ConvertAll(volume => Member(volume, volume.Size, volume.Content, one => one.SourceVolid = volume.Id))).ToList();
        Later("group", made.Id, () => End("available"), () => End("error"));
        return Summary(made);

        (FakeVolume Volume, string Content) Member(FakeVolume like, int size, string content, Action<FakeVolume> edit) => (
            Add(call.ProjectId, size, like.Type, one =>
            {
                (one.GroupId, one.Zone, one.Bootable) = (made.Id, like.Zone, like.Bootable);
                edit(one);
            }),
            content);

        void End(string status)
        {
            made.Status = status;
            foreach (var (volume, content) in members)
            {
                (volume.Status, volume.Content) = (status, content);
                Save(volume);
            }
        }
    }

    private static FakeAnswer Summary(FakeVolumeGroup group) =>
        FakeAnswer.Json(202, new JsonObject { ["group"] = new JsonObject { ["id"] = group.Id, ["name"] = group.Name } });

    // cinder/group/api.py: update.
    private FakeAnswer Change(FakeCall call, FakeVolumeGroup group)
    {
        var asked = call.Body()["group"]!.AsObject();
        var (name, description) = ((string?)asked["name"], (string?)asked["description"]);
        var come = Ids("add_volumes").Select(id => Own(call, id)).Where(volume => volume.GroupId != group.Id).ToList();
        var go = Ids("remove_volumes").Select(id => volumes.GetValueOrDefault(id) is { } one && one.GroupId == group.Id
            ? one
            : throw new FakeRefusal(400, $"Invalid volume: Cannot remove volume {id} from group {group.Id} because it is not in the group.")).ToList();
        if (come.Find(volume => volume.GroupId is not null || volume.Status is not ("available" or "in-use")) is { } odd)
        {
            throw new FakeRefusal(400, $"Invalid volume: Cannot add volume {odd.Id} to group {group.Id} because volume is in an invalid state: {odd.Status}. Valid states are: ('available', 'in-use').");
        }

        if ((name is null || name == group.Name) && (description is null || description == group.Description) && come.Count + go.Count is 0)
        {
            throw new FakeRefusal(
                400, $"Invalid Group: Cannot update group {group.Id} because no valid name, description, add_volumes, or remove_volumes were provided.");
        }

        (group.Name, group.Description) = (name ?? group.Name, description ?? group.Description);
        if (come.Count + go.Count is 0)
        {
            return Accepted;
        }

        group.Status = "updating";
        Later("update-group", group.Id, Move, () => group.Status = "error");
        return Accepted;

        IEnumerable<string> Ids(string member) => ((string?)asked[member])?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

        void Move()
        {
            come.ForEach(volume => volume.GroupId = group.Id);
            go.ForEach(volume => volume.GroupId = null);
            group.Status = "available";
        }
    }

    // cinder/group/api.py: delete.
    private FakeAnswer DeleteGroup(FakeVolumeGroup group, bool deleteVolumes)
    {
        var mine = VolumesIn(group);
        var refusal = !deleteVolumes && group.Status is not ("available" or "error") ? $"Group status must be available or error, but current status is: {group.Status}"
            : groupSnapshots.Values.Any(one => one.GroupId == group.Id) ? "Group has existing snapshots."
            : mine.Count > 0 && !deleteVolumes ? $"Group {group.Id} still contains volumes. The delete-volumes flag is required to delete it."
            : mine.Exists(volume => attachmentsOf[volume.Id].Any(one => one.Status is "attached")) ? $"Volume in group {group.Id} is attached. Need to detach first."
            : mine.Exists(volume => snapshotsOf[volume.Id].Count > 0) ? "Volume in group still has dependent snapshots."
            : null;
        if (refusal is not null)
        {
            throw new FakeRefusal(400, $"Invalid Group: {refusal}");
        }

        mine.ForEach(volume => SetStatus(volume, "deleting"));
        group.Status = "deleting";
        Later(
            "delete-group",
            group.Id,
            () =>
            {
                mine.ForEach(Forget);
                groups.Remove(group.Id);
            },
            () =>
            {
                mine.ForEach(volume => SetStatus(volume, "error"));
                group.Status = "error";
            });
        return Accepted;
    }

    private FakeAnswer ListGroups(FakeCall call)
    {
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var found = groups.Values.Where(group => (everybody || group.ProjectId == call.ProjectId) && (call.Asked("name") is not { } name || group.Name == name));
        var page = new FakePage<FakeVolumeGroup>("/groups/detail", "groups", "group_links", group => group.Id, (group, key) => key is "created_at" ? group.Created : group.Id);
        return page.Answer(call, cloud, found, groups.GetValueOrDefault, group => View(call, group));
    }

    private JsonObject View(FakeCall call, FakeVolumeGroup group)
    {
        var view = new JsonObject
        {
            ["id"] = group.Id, ["status"] = group.Status, ["availability_zone"] = "nova", ["created_at"] = Time(group.Created), ["name"] = group.Name,
            ["description"] = group.Description, ["group_type"] = group.Type.Id, ["volume_types"] = new JsonArray([.. group.VolumeTypes.Select(type => (JsonNode)TypeIdOf(type))]),
            ["group_snapshot_id"] = group.GroupSnapshotId, ["source_group_id"] = group.SourceGroupId, ["replication_status"] = "disabled",
        };
        if (call.Knows(3, 25) && call.Asked("list_volume") is { } said && bool.Parse(said))
        {
            view["volumes"] = new JsonArray([.. VolumesIn(group).Select(volume => (JsonNode)volume.Id)]);
        }

        if (call.Knows(3, 58) && call.IsAdmin)
        {
            view["project_id"] = group.ProjectId;
        }

        return view;
    }
}
