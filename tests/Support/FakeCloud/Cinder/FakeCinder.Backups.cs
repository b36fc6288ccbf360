using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Backups (cinder/api/contrib/backups.py over cinder/backup/api.py).</summary>
public sealed partial class FakeCinder
{
    private readonly Dictionary<string, FakeBackup> backups = new(StringComparer.Ordinal);

    public IReadOnlyList<FakeBackup> Backups => Read(() => backups.Values.Select(backup => backup with { Metadata = new(backup.Metadata) }).ToList());

    /// <summary>While false there is no cinder-backup that is up.</summary>
    public bool HasBackupService { get; set; } = true;

    private FakeAnswer HandleBackups(FakeCall call, string[] rest)
    {
        switch (call.Method, rest)
        {
            case ("POST", []):
                return BackUp(call);
            case ("GET", ["detail"] or []):
                return ListBackups(call);
            case ("GET", [var id]):
                return FakeAnswer.Json(200, new JsonObject { ["backup"] = View(call, OwnBackup(call, id)) });
            case ("PUT", [var id]):
                return Change(call, OwnBackup(call, id));
            case ("DELETE", [var id]):
                return DeleteBackup(OwnBackup(call, id), force: false);
            case ("POST", [var id, "restore"]):
                return Restore(call, OwnBackup(call, id));
            case ("POST", [var id, "action"]):
                var (word, argument) = call.Body().Single();
                Demand(call, $"volume_extension:backup_admin_actions:{word["os-".Length..]}");
                var backup = OwnBackup(call, id);
                if (word is "os-force_delete")
                {
                    return DeleteBackup(backup, force: true);
                }

                backup.Status = (string)argument!["status"]!;
                return Accepted;
            default:
                throw NoRoute();
        }
    }

    private FakeBackup OwnBackup(FakeCall call, string id) => backups.GetValueOrDefault(id) is { } found && (call.IsAdmin || found.ProjectId == call.ProjectId)
        ? found
        : throw new FakeRefusal(404, $"Backup {id} could not be found.");

    private FakeAnswer BackUp(FakeCall call)
    {
        var asked = call.Body()["backup"]!.AsObject();
        var volume = Own(call, (string)asked["volume_id"]!);
        var snapshot = (string?)asked["snapshot_id"] is { } snapshotId ? SnapshotOf(call, snapshotId) : null;
        DemandBackup(volume, snapshot, force: (bool?)asked["force"] is true);
        DemandBackupService();
        if (IsOver(call.ProjectId, "backup_gigabytes", volume.Size, out var limit, out var used))
        {
            throw new FakeRefusal(413, $"VolumeBackupSizeExceedsAvailableQuota: Requested backup exceeds allowed Backup gigabytes quota. Requested {volume.Size}G, quota is {limit}G and {used}G has been consumed.");
        }

        if (IsOver(call.ProjectId, "backups", 1, out limit, out _))
        {
            throw new FakeRefusal(413, $"BackupLimitExceeded: Maximum number of backups allowed ({limit}) exceeded");
        }

        var parent = (bool?)asked["incremental"] is not true ? null
            : backups.Values.Where(one => one.VolumeId == volume.Id && one.Status is "available").MaxBy(one => one.Created)
                ?? throw new FakeRefusal(400, "Invalid backup: No backups available to do an incremental backup.");
        var backup = new FakeBackup
        {
            Id = Guid.NewGuid().ToString(), ProjectId = call.ProjectId, VolumeId = volume.Id, VolumeMetadata = new(volume.Metadata), SnapshotId = snapshot?.Id, ParentId = parent?.Id, Size = volume.Size,
            Created = cloud.Now, Name = (string?)asked["name"], Description = (string?)asked["description"], Metadata = Items(asked["metadata"]).ToDictionary(),
            UserId = call.Token!.UserId,
        };
        backups.Add(backup.Id, backup);
        if (snapshot is null)
        {
            Begin(volume, "backing-up");
        }
        else
        {
            snapshot.Status = "backing-up";
        }

        Later("backup", backup.Id, () => End("available", null), () => End("error", "Backup driver failed to create backup."));
        return FakeAnswer.Json(202, new JsonObject { ["backup"] = new JsonObject { ["id"] = backup.Id, ["name"] = backup.Name } });

        void End(string status, string? reason)
        {
            // One that is deleted by force meanwhile stays so; its volume is let go all the same.
            if (backup.Status is "creating")
            {
                (backup.Status, backup.FailReason, backup.Updated, backup.Content) = (status, reason, Second(), snapshot?.Content ?? volume.Content);
            }

            if (snapshot is not null)
            {
                snapshot.Status = "available";
            }
            else if (volume.Status is "backing-up")
            {
                Restore(volume);
                Save(volume);
            }
        }
    }

    private static void DemandBackup(FakeVolume volume, FakeSnapshot? snapshot, bool force)
    {
        var refusal = snapshot is not null && snapshot.VolumeId != volume.Id
            ? $"Invalid volume: Volume {volume.Id} does not match with snapshot.volume_id {snapshot.VolumeId}."
            : snapshot is { Status: not "available" } ? $"Invalid snapshot: Snapshot to be backed up must be available, but the current status is \"{snapshot.Status}\"."
            : snapshot is not null ? null
            : volume.Status is not ("available" or "in-use") ? $"Invalid volume: Volume to be backed up must be available or in-use, but the current status is \"{volume.Status}\"."
            : volume.Status is "in-use" && !force ? "Invalid volume: Backing up an in-use volume must use the force flag."
            : null;
        if (refusal is not null)
        {
            throw new FakeRefusal(400, refusal);
        }
    }

    private void DemandBackupService()
    {
        if (!HasBackupService)
        {
            throw new FakeRefusal(503, "Service cinder-backup could not be found.");
        }
    }

    private static FakeAnswer Change(FakeCall call, FakeBackup backup)
    {
        var asked = call.Body()["backup"]!.AsObject();
        backup.Name = asked.ContainsKey("name") ? (string?)asked["name"] : backup.Name;
        backup.Description = asked.ContainsKey("description") ? (string?)asked["description"] : backup.Description;
        if (asked["metadata"] is JsonObject metadata)
        {
            backup.Metadata.Clear();
            foreach (var (key, value) in Items(metadata))
            {
                backup.Metadata[key] = value;
            }
        }

        return FakeAnswer.Json(200, new JsonObject { ["backup"] = new JsonObject { ["id"] = backup.Id, ["name"] = backup.Name } });
    }

    private FakeAnswer DeleteBackup(FakeBackup backup, bool force)
    {
        if (!force && backup.Status is not ("available" or "error"))
        {
            throw new FakeRefusal(400, "Invalid backup: Backup status must be available or error");
        }

        if (backups.Values.Any(one => one.ParentId == backup.Id))
        {
            throw new FakeRefusal(400, "Invalid backup: Incremental backups exist for this backup.");
        }

        DemandBackupService();
        backup.Status = "deleting";
        Later("delete-backup", backup.Id, () => backups.Remove(backup.Id), () => backup.Status = "error_deleting");
        return Accepted;
    }

    private FakeAnswer Restore(FakeCall call, FakeBackup backup)
    {
        var asked = call.Body()["restore"]!.AsObject();
        if (backup.Status is not "available")
        {
            throw new FakeRefusal(400, "Invalid backup: Backup status must be available");
        }

        DemandBackupService();
        var volume = (string?)asked["volume_id"] is { } volumeId ? Own(call, volumeId) : Add(call.ProjectId, backup.Size, null, one =>
            (one.Name, one.Description, one.Status) = ((string?)asked["name"] ?? $"restore_backup_{backup.Id}", "auto-created_from_restore_from_backup", "available"));
        if (volume.Status is not "available")
        {
            throw new FakeRefusal(400, "Invalid volume: Volume to be restored to must be available");
        }

        if (backup.Size > volume.Size)
        {
            throw new FakeRefusal(400, $"Invalid volume: volume size {volume.Size} is too small to restore backup of size {backup.Size}.");
        }

        backup.Status = "restoring";
        SetStatus(volume, "restoring-backup");
        Later(
            "restore",
            volume,
            () =>
            {
                (volume.Content, volume.Status, backup.Status) = (backup.Content, "available", "available");
                backup.HandDown(volume);
            },
            () => (volume.Status, backup.Status) = ("error_restoring", "available"));
        return FakeAnswer.Json(202, new JsonObject
        {
            ["restore"] = new JsonObject { ["backup_id"] = backup.Id, ["volume_id"] = volume.Id, ["volume_name"] = volume.Name },
        });
    }

    private FakeAnswer ListBackups(FakeCall call)
    {
        var everybody = call.IsAdmin && call.Asked("all_tenants") is not null;
        var found = backups.Values.Where(backup =>
            (everybody || backup.ProjectId == call.ProjectId)
            && (call.Asked("name") is not { } name || backup.Name == name)
            && (call.Asked("status") is not { } status || backup.Status == status)
            && (!everybody || call.Asked("project_id") is not { } project || backup.ProjectId == project)
            && (call.Asked("volume_id") is not { } volume || backup.VolumeId == volume));
        var page = new FakePage<FakeBackup>("/backups/detail", "backups", "backups_links", backup => backup.Id, (backup, key) => key switch
        {
            "created_at" => backup.Created, "updated_at" => backup.Updated, "name" => backup.Name, _ => backup.Id,
        });
        return page.Answer(call, cloud, found, backups.GetValueOrDefault, backup => View(call, backup));
    }

    private JsonObject View(FakeCall call, FakeBackup backup)
    {
        var view = new JsonObject
        {
            ["id"] = backup.Id, ["status"] = backup.Status, ["size"] = backup.Size, ["object_count"] = 0, ["availability_zone"] = "nova", ["container"] = "backups",
            ["created_at"] = Time(backup.Created), ["updated_at"] = Time(backup.Updated), ["name"] = backup.Name, ["description"] = backup.Description,
            ["fail_reason"] = backup.FailReason, ["volume_id"] = backup.VolumeId, ["is_incremental"] = backup.ParentId is not null,
            ["has_dependent_backups"] = backups.Values.Any(one => one.ParentId == backup.Id), ["snapshot_id"] = backup.SnapshotId, ["data_timestamp"] = Time(backup.Created),
        };
        if (call.Knows(3, 43))
        {
            view["metadata"] = Json(backup.Metadata);
        }

        if (call.Knows(3, 18) && call.IsAdmin)
        {
            view["os-backup-project-attr:project_id"] = backup.ProjectId;
        }

        if (call.Knows(3, 56) && call.IsAdmin)
        {
            view["user_id"] = backup.UserId;
        }

        return view;
    }
}
