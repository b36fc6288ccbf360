using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Snapshots of groups (cinder/api/v3/group_snapshots.py over cinder/group/api.py).</summary>
public sealed partial class FakeCinder
{
    private readonly Dictionary<string, FakeGroupSnapshot> groupSnapshots = new(StringComparer.Ordinal);

    public IReadOnlyList<FakeGroupSnapshot> GroupSnapshots => Read(() => groupSnapshots.Values.Select(one => one with { }).ToList());

    private FakeAnswer HandleGroupSnapshots(FakeCall call, string[] rest) => (call.Method, rest) switch
    {
        ("POST", []) => CreateGroupSnapshot(call),
        ("GET", ["detail"] or []) => ListGroupSnapshots(call),
        ("GET", [var id]) => FakeAnswer.Json(200, new JsonObject { ["group_snapshot"] = View(call, OwnGroupSnapshot(call, id)) }),
        ("DELETE", [var id]) => DeleteGroupSnapshot(OwnGroupSnapshot(call, id)),
        _ => throw NoRoute(),
    };

    private FakeGroupSnapshot OwnGroupSnapshot(FakeCall call, string id) =>
        groupSnapshots.GetValueOrDefault(id) is { } found && (call.IsAdmin || found.ProjectId == call.ProjectId)
            ? found
            : throw new FakeRefusal(404, $"GroupSnapshot {id} could not be found.");

    private List<FakeSnapshot> SnapshotsIn(FakeGroupSnapshot taken) => snapshots.Values.Where(one => one.GroupSnapshotId == taken.Id).ToList();

    private FakeAnswer CreateGroupSnapshot(FakeCall call)
    {
        var asked = call.Body()["group_snapshot"]!.AsObject();
        var group = OwnGroup(call, (string)asked["group_id"]!);
        var mine = VolumesIn(group);
        mine.ForEach(volume => DemandSnapshot(volume, inUse: true));
        CheckSnapshotQuota(call.ProjectId, mine.Sum(volume => volume.Size), mine.FirstOrDefault()?.Type, mine.Count);
        var made = new FakeGroupSnapshot
        {
            Id = Guid.NewGuid().ToString(), ProjectId = call.ProjectId, GroupId = group.Id, Type = group.Type, Created = cloud.Now, Name = (string?)asked["name"],
            Description = (string?)asked["description"],
        };
        groupSnapshots.Add(made.Id, made);
        var taken = mine.ConvertAll(volume => AddSnapshot(volume, call.ProjectId, one => (one.Name, one.GroupSnapshotId) = (made.Name, made.Id)));
        Later("group-snapshot", made.Id, () => End("available"), () => End("error"));
        return FakeAnswer.Json(202, new JsonObject { ["group_snapshot"] = new JsonObject { ["id"] = made.Id, ["name"] = made.Name, ["group_type_id"] = made.Type.Id } });

        void End(string status)
        {
            made.Status = status;
            taken.ForEach(one => (one.Status, one.Updated) = (status, Second()));
        }
    }

    private FakeAnswer DeleteGroupSnapshot(FakeGroupSnapshot taken)
    {
        if (taken.Status is not ("available" or "error") || groups.Values.Any(group => group.GroupSnapshotId == taken.Id && group.Status is "creating"))
        {
            throw new FakeRefusal(
                400, "Invalid GroupSnapshot: GroupSnapshot status must be available or error, and no Group can be currently using it as source for its creation.");
        }

        var mine = SnapshotsIn(taken);
        taken.Status = "deleting";
        mine.ForEach(one => one.Status = "deleting");
        Later(
            "delete-group-snapshot",
            taken.Id,
            () =>
            {
                mine.ForEach(Forget);
                groupSnapshots.Remove(taken.Id);
            },
            () =>
            {
                mine.ForEach(one => one.Status = "error");
                taken.Status = "error";
            });
        return Accepted;
    }

    private FakeAnswer ListGroupSnapshots(FakeCall call)
    {
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var found = groupSnapshots.Values.Where(one =>
            (everybody || one.ProjectId == call.ProjectId)
            && (!call.Knows(3, 29) || call.Asked("group_id") is not { } group || one.GroupId == group)
            && (!call.Knows(3, 29) || call.Asked("name") is not { } name || one.Name == name));
        var page = new FakePage<FakeGroupSnapshot>("/group_snapshots/detail", "group_snapshots", "group_snapshot_links", one => one.Id, (one, key) => key is "created_at" ? one.Created : one.Id);
        return page.Answer(call, cloud, found, groupSnapshots.GetValueOrDefault, one => View(call, one));
    }

    private static JsonObject View(FakeCall call, FakeGroupSnapshot taken)
    {
        var view = new JsonObject
        {
            ["id"] = taken.Id, ["group_id"] = taken.GroupId, ["group_type_id"] = taken.Type.Id, ["status"] = taken.Status, ["created_at"] = Time(taken.Created),
            ["name"] = taken.Name, ["description"] = taken.Description,
        };
        if (call.Knows(3, 58) && call.IsAdmin)
        {
            view["project_id"] = taken.ProjectId;
        }

        return view;
    }
}
