using System.Text.Json.Nodes;

namespace CinderProxy.Tests.Support;

sealed partial class FakeCinderApi
{
    /// <summary>POST /snapshots: quota, row, worker (cinder/volume/api.py: API.create_snapshot_in_db; cinder/scheduler/manager.py: create_snapshot).</summary>
    public Order Snapshot(string volumeId, params (string Column, object? Value)[] more)
    {
        var id = AddSnapshot(volumeId, "creating", more);
        Worker("Snapshot", id, "creating");
        return AboutSnapshot("create_snapshot", id);
    }

    /// <summary>DELETE /snapshots/{id}, or os-unmanage; it has no worker (cinder/volume/api.py: API.delete_snapshot).</summary>
    public Order DeleteSnapshot(string id, bool unmanage = false)
    {
        rows.Update("snapshots", id, ("status", unmanage ? "unmanaging" : "deleting"));
        return AboutSnapshot("delete_snapshot", id, args => args["unmanage_only"] = unmanage);
    }

    /// <summary>POST /manageable_snapshots: it counts as large as its volume (cinder/volume/api.py: API.manage_existing_snapshot).</summary>
    public Order ManageSnapshot(string volumeId, JsonNode reference) =>
        AboutSnapshot("manage_existing_snapshot", AddSnapshot(volumeId, "creating", []), args => args["ref"] = reference.DeepClone());

    /// <summary>A snapshot that has been there before.</summary>
    public string ExistingSnapshot(string volumeId, string? childId, params (string Column, object? Value)[] more) =>
        AddSnapshot(volumeId, "available", [("provider_id", childId), .. more]);

    string AddSnapshot(string volumeId, string status, (string Column, object? Value)[] more)
    {
        var (id, volume) = (NewId(), rows.Row("volumes", volumeId));
        rows.Insert(
            "snapshots",
            [
                ("id", id), ("volume_id", volumeId), ("user_id", User), ("project_id", volume["project_id"]), ("status", status), ("progress", "0%"), ("volume_size", volume["size"]),
                ("display_name", "s"), ("volume_type_id", volume["volume_type_id"]), ("use_quota", 1), .. more,
            ]);
        Quota.Charge(TypeOf(volumeId), ("snapshots", 1), ("gigabytes", SizeOf(volumeId)));
        return id;
    }

    Order AboutSnapshot(string sample, string id, Action<JsonObject>? fill = null) => About(sample, id, args =>
    {
        RpcSample.Fill(args["snapshot"], rows.Row("snapshots", id));
        fill?.Invoke(args);
    });
}
