using System.Text.Json.Nodes;

namespace CinderProxy.Tests.Support;

sealed partial class FakeCinderApi
{
    /// <summary>POST /groups (cinder/group/api.py: API.create).</summary>
    public Order CreateGroup() => AboutGroup("create_group", AddGroup("creating"));

    /// <summary>PUT /groups/{id} (cinder/group/api.py: API.update).</summary>
    public Order UpdateGroup(string id, string[] add, string[] remove)
    {
        rows.Update("groups", id, ("status", "updating"));
        return AboutGroup("update_group", id, args => (args["add_volumes"], args["remove_volumes"]) = (string.Join(',', add), string.Join(',', remove)));
    }

    /// <summary>POST /groups/{id}/action delete, with its volumes (cinder/group/api.py: API.delete).</summary>
    public Order DeleteGroup(string id)
    {
        rows.Update("groups", id, ("status", "deleting"));
        rows.Run("UPDATE volumes SET status='deleting' WHERE group_id=@p0 AND deleted=0", id);
        return AboutGroup("delete_group", id);
    }

    /// <summary>POST /groups/action create-from-src: rows of all members, each with the snapshot that it is made of (cinder/group/api.py: API._create_group_from_group_snapshot).</summary>
    public Order CreateGroupFrom(string groupSnapshot)
    {
        var id = AddGroup("creating", ("group_snapshot_id", groupSnapshot));
        foreach (var snapshot in rows.Rows("SELECT id, volume_size, volume_type_id FROM snapshots WHERE group_snapshot_id=@p0 AND deleted=0", groupSnapshot))
        {
            var (type, size) = ((string)snapshot["volume_type_id"]!, (int)(long)snapshot["volume_size"]!);
            AddVolume(NewId(), "creating", size, type, [("snapshot_id", snapshot["id"]), ("group_id", id)]);
            Quota.Charge(TypeNames[type], ("volumes", 1), ("gigabytes", size));
        }

        return AboutGroup("create_group_from_src", id, args => RpcSample.Fill(args["group_snapshot"], rows.Row("group_snapshots", groupSnapshot)));
    }

    /// <summary>POST /group_snapshots: a row of its own and one for each volume (cinder/group/api.py: API._create_group_snapshot).</summary>
    public Order CreateGroupSnapshot(string group)
    {
        var id = NewId();
        rows.Insert("group_snapshots", ("id", id), ("group_id", group), ("project_id", Project), ("user_id", User), ("status", "creating"), ("name", "gs"));
        foreach (var volume in rows.Texts("SELECT id FROM volumes WHERE group_id=@p0 AND deleted=0 ORDER BY id", group))
        {
            AddSnapshot(volume!, "creating", [("group_snapshot_id", id)]);
        }

        return About("create_group_snapshot", id, args => RpcSample.Fill(args["group_snapshot"], rows.Row("group_snapshots", id)));
    }

    /// <summary>DELETE /group_snapshots/{id} (cinder/group/api.py: API.delete_group_snapshot).</summary>
    public Order DeleteGroupSnapshot(string id)
    {
        rows.Update("group_snapshots", id, ("status", "deleting"));
        rows.Run("UPDATE snapshots SET status='deleting' WHERE group_snapshot_id=@p0 AND deleted=0", id);
        return About("delete_group_snapshot", id, args => RpcSample.Fill(args["group_snapshot"], rows.Row("group_snapshots", id)));
    }

    string AddGroup(string status, params (string Column, object? Value)[] more)
    {
        var id = NewId();
        rows.Insert(
            "groups",
            [
                ("id", id), ("project_id", Project), ("user_id", User), ("host", $"{Host}#{Pool}"), ("availability_zone", "nova"), ("status", status), ("name", "g"), .. more,
            ]);
        Quota.Charge(null, ("groups", 1));
        return id;
    }

    Order AboutGroup(string sample, string id, Action<JsonObject>? fill = null) => About(sample, id, args =>
    {
        RpcSample.Fill(args["group"], rows.Row("groups", id));
        fill?.Invoke(args);
    });
}
