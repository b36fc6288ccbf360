using System.Text.Json.Nodes;

namespace CinderProxy.Tests.Support;

sealed partial class FakeCinderApi
{
    /// <summary>POST /volumes, and the scheduler's choice: committed quota, a row that is creating, a worker (cinder/volume/flows/api/create_volume.py).</summary>
    /// <param name="size">GiB.</param>
    /// <param name="again">Whether the scheduler may be asked again when it fails here.</param>
    /// <param name="more">Columns of the row.</param>
    public Order Create(
        int size = 1, string type = Gold, string? name = "v", string? snapshot = null, string? source = null, string? image = null, bool again = true, params (string Column, object? Value)[] more)
    {
        var id = NewId();
        AddVolume(id, "creating", size, type, [("display_name", name), ("snapshot_id", snapshot), ("source_volid", source), .. more]);
        Quota.Charge(TypeNames[type], ("volumes", 1), ("gigabytes", size));
        Worker("Volume", id, "creating");
        return AboutVolume("create_volume-raw", id, args =>
        {
            var spec = args["request_spec"]!["versioned_object.data"]!.AsObject();
            (spec["volume_id"], spec["image_id"], spec["snapshot_id"], spec["source_volid"]) = (id, image, snapshot, source);
            args["allow_reschedule"] = again;
        });
    }

    /// <summary>A volume that has been there before: rows and quota without a message.</summary>
    public string Existing(string? childId, int size = 1, string type = Gold, string status = "available", params (string Column, object? Value)[] more)
    {
        var id = NewId();
        AddVolume(id, status, size, type, [("provider_id", childId), ("launched_at", ParentRows.Now), .. more]);
        Quota.Charge(TypeNames[type], ("volumes", 1), ("gigabytes", size));
        return id;
    }

    /// <summary>DELETE /volumes/{id}, with <c>?cascade=true</c>; or os-unmanage (cinder/volume/api.py: API.delete).</summary>
    public Order Delete(string id, bool cascade = false, bool unmanage = false)
    {
        var failed = (string?)rows.Row("volumes", id)["status"] == "error_managing";
        var status = failed ? "error_managing_deleting" : unmanage ? "unmanaging" : "deleting";
        rows.Update("volumes", id, ("status", status), ("terminated_at", ParentRows.Now));
        if (cascade)
        {
            rows.Run("UPDATE snapshots SET status='deleting' WHERE volume_id=@p0 AND deleted=0", id);
        }

        Worker("Volume", id, status);
        return AboutVolume("delete_volume", id, args => (args["unmanage_only"], args["cascade"]) = (unmanage, cascade));
    }

    /// <summary>os-extend: status and reservations (cinder/volume/api.py: API._extend). A size that is not more is refused there.</summary>
    public Order Extend(string id, int size)
    {
        var more = size - SizeOf(id);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(size, SizeOf(id));
        Begin(id, "extending");
        var held = Quota.Reserve(("gigabytes", more), ($"gigabytes_{TypeOf(id)}", more));
        return AboutVolume("extend_volume", id, args => (args["new_size"], args["reservations"]) = (size, Json(held)));
    }

    /// <summary>os-retype: what the new type takes and the old one gives back is reserved, by type only (cinder/volume/api.py: API.retype).</summary>
    /// <param name="host">Of the scheduler's choice.</param>
    public Order Retype(string id, string type, string policy = "never", string? host = null)
    {
        var (from, to, size) = (TypeOf(id), TypeNames[type], SizeOf(id));
        Begin(id, "retyping");
        var taken = Quota.Reserve(($"volumes_{to}", 1), ($"gigabytes_{to}", size));
        var given = Quota.Reserve(($"volumes_{from}", -1), ($"gigabytes_{from}", -size));
        return AboutVolume("retype", id, args =>
        {
            (args["new_type_id"], args["migration_policy"], args["reservations"], args["old_reservations"]) = (type, policy, Json(taken), Json(given));
            args["host"]!["host"] = host ?? $"{Host}#{Pool}";
        });
    }

    /// <summary>os-migrate_volume (cinder/volume/api.py: API.migrate_volume).</summary>
    public Order Migrate(string id, string to)
    {
        rows.Update("volumes", id, ("migration_status", "starting"));
        Begin(id, "maintenance");
        return AboutVolume("migrate_volume", id, args => args["host"]!["host"] = to);
    }

    /// <summary>os-volume_upload_image; the image's record is the caller's to queue (cinder/volume/api.py: API.copy_volume_to_image).</summary>
    public Order Upload(string id, string image)
    {
        Begin(id, "uploading");
        return About("copy_volume_to_image", id, args =>
        {
            args["volume_id"] = id;
            args["image_meta"]!["id"] = image;
        });
    }

    /// <summary>os-reimage (cinder/volume/api.py: API.reimage).</summary>
    public Order Reimage(string id, string image)
    {
        Begin(id, "downloading");
        return AboutVolume("reimage", id, args => args["image_meta"] = new JsonObject { ["id"] = image });
    }

    /// <summary>revert (cinder/volume/api.py: API.revert_to_snapshot).</summary>
    public Order Revert(string id, string snapshot)
    {
        rows.Update("volumes", id, ("status", "reverting"));
        rows.Update("snapshots", snapshot, ("status", "restoring"));
        return AboutVolume("revert_to_snapshot", id, args => RpcSample.Fill(args["snapshot"], rows.Row("snapshots", snapshot)));
    }

    /// <summary>POST /manageable_volumes: a row of size 0, one volume of quota (cinder/volume/flows/api/manage_existing.py).</summary>
    public Order Manage(JsonNode reference, string type = Gold, string? project = null)
    {
        var id = NewId();
        AddVolume(id, "managing", 0, type, [("project_id", project ?? Project)]);
        Quota.Charge(TypeNames[type], ("volumes", 1), ("gigabytes", 0));
        return AboutVolume("manage_existing", id, args => args["ref"] = reference.DeepClone());
    }

    /// <summary>os-accept: the API moves project and quota after the answer (cinder/transfer/api.py: API.accept).</summary>
    public Order AcceptTransfer(string id, string project)
    {
        rows.Update("volumes", id, ("status", "awaiting-transfer"));
        return About("accept_transfer", id, args => (args["volume_id"], args["new_project"], args["no_snapshots"]) = (id, project, false));
    }

    static JsonArray Json(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    void AddVolume(string id, string status, int size, string type, (string Column, object? Value)[] more)
    {
        var columns = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = id, ["user_id"] = User, ["project_id"] = Project, ["host"] = $"{Host}#{Pool}", ["size"] = size, ["availability_zone"] = "nova", ["status"] = status,
            ["attach_status"] = "detached", ["scheduled_at"] = ParentRows.Now, ["volume_type_id"] = type, ["bootable"] = 0, ["multiattach"] = 0, ["use_quota"] = 1, ["shared_targets"] = 1,
        };
        foreach (var (column, value) in more)
        {
            columns[column] = value;
        }

        rows.Insert("volumes", [.. columns.Select(column => (column.Key, column.Value))]);
    }
}
