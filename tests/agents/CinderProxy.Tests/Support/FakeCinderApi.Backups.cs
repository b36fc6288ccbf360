using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Rpc;

namespace CinderProxy.Tests.Support;

sealed partial class FakeCinderApi
{
    /// <summary>POST /backups, and the scheduler's choice: committed quota, a row that is creating, what it is of is backing-up (cinder/backup/api.py: API.create).</summary>
    /// <param name="snapshot">Of which it is, if not of the volume as it is.</param>
    /// <param name="parent">The latest backup, which an increment adds to.</param>
    /// <param name="more">Columns of the row.</param>
    public Order Backup(string volumeId, string? snapshot = null, string? parent = null, params (string Column, object? Value)[] more)
    {
        var (id, volume) = (NewId(), rows.Row("volumes", volumeId));
        if (snapshot is null)
        {
            Begin(volumeId, "backing-up");
        }
        else
        {
            rows.Update("snapshots", snapshot, ("status", "backing-up"));
        }

        rows.Insert(
            "backups",
            [
                ("id", id), ("volume_id", volumeId), ("snapshot_id", snapshot), ("parent_id", parent), ("user_id", User), ("project_id", volume["project_id"]), ("host", Host), ("status", "creating"),
                ("size", volume["size"]), ("display_name", "b"), .. more,
            ]);
        rows.Insert("backup_metadata", ("id", ++numbered), ("backup_id", id), ("key", "k"), ("value", "v"));
        Quota.Charge(null, ("backups", 1), ("backup_gigabytes", SizeOf(volumeId)));
        return AboutBackup("create_backup", id);
    }

    /// <summary>DELETE /backups/{id}, forced or not (cinder/backup/api.py: API.delete).</summary>
    public Order DeleteBackup(string id)
    {
        rows.Update("backups", id, ("status", "deleting"), ("host", Host));
        return AboutBackup("delete_backup", id);
    }

    /// <summary>POST /backups/{id}/restore into a volume that is there (cinder/backup/api.py: API.restore).</summary>
    public Order Restore(string id, string volumeId)
    {
        rows.Update("backups", id, ("status", "restoring"), ("restore_volume_id", volumeId), ("host", Host));
        rows.Update("volumes", volumeId, ("status", "restoring-backup"));
        return AboutBackup("restore_backup", id, args => (args["volume_id"], args["volume_is_new"]) = (volumeId, false));
    }

    /// <summary>os-reset_status (cinder/backup/api.py: API.reset_status).</summary>
    public Order ResetBackup(string id, string status) => AboutBackup("reset_status", id, args => args["status"] = status);

    /// <summary>GET /backups/{id}/export_record (cinder/backup/api.py: API.export_record).</summary>
    public Order ExportBackup(string id) => AboutBackup("export_record", id);

    /// <summary>POST /backups/import_record: a row of no volume, paid for (cinder/backup/api.py: API._get_import_backup).</summary>
    public Order ImportBackup()
    {
        var id = NewId();
        rows.Insert("backups", ("id", id), ("volume_id", "00000000-0000-0000-0000-000000000000"), ("user_id", User), ("project_id", Project), ("status", "creating"), ("size", 1));
        Quota.Charge(null, ("backups", 1), ("backup_gigabytes", 1));
        return AboutBackup("import_record", id, args => (args["backup_service"], args["backup_url"], args["backup_hosts"]) = ("cinder.backup.drivers.swift.SwiftBackupDriver", "e30=", new JsonArray()));
    }

    /// <summary>A message after a native one that carries a backup; all of them are asked for as 2.0 (cinder/backup/rpcapi.py).</summary>
    Order AboutBackup(string method, string id, Action<JsonObject>? fill = null)
    {
        var sample = About("get_backup_device", id, _ => { });
        var arguments = new JsonObject { ["backup"] = sample.Arguments["backup"]!.DeepClone() };
        RpcSample.Fill(arguments["backup"], rows.Row("backups", id));
        fill?.Invoke(arguments);
        return sample with { Method = method, Version = new RpcVersion(2, 0), Arguments = arguments };
    }
}
