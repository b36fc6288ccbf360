namespace Cascade.CinderProxy.Parent.Database;

internal static partial class Statements
{
    const string BackupColumns =
        """
        id, volume_id, snapshot_id, parent_id, user_id, project_id, host, availability_zone, display_name, display_description, container, status, fail_reason, service,
        service_metadata, size, object_count, num_dependent_backups, restore_volume_id, created_at
        """;

    public static readonly Statement BackupGet = new("backup_get", $"SELECT {BackupColumns} FROM backups WHERE id=@id AND deleted=FALSE");

    public static readonly Statement BackupsOf = new("backups_of", $"SELECT {BackupColumns} FROM backups WHERE volume_id=@id AND deleted=FALSE ORDER BY id");

    public static readonly Statement BackupsPage = new("backups_page",
        $"SELECT {BackupColumns} FROM backups WHERE deleted=FALSE AND {{ours host}} AND id>@after ORDER BY id LIMIT @limit");

    public static readonly Statement BackupsPageIn = new("backups_page_in",
        $"SELECT {BackupColumns} FROM backups WHERE deleted=FALSE AND {{ours host}} AND id>@after AND status IN @statuses ORDER BY id LIMIT @limit");

    // The zone only where the request named none (cinder/backup/manager.py: create_backup).
    public static readonly Statement BackupBegun = new("backup_begun",
        """
        UPDATE backups SET service=@service, availability_zone=COALESCE(NULLIF(availability_zone,''),@az), updated_at=@now
        WHERE id=@id AND deleted=FALSE AND status='creating'
        """);

    public static readonly Statement BackupSetLink = new("backup_set_link", "UPDATE backups SET service_metadata=@link, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement BackupCreated = new("backup_created",
        """
        UPDATE backups SET status='available', object_count=@objects, num_dependent_backups=COALESCE(num_dependent_backups,0), updated_at=@now
        WHERE id=@id AND deleted=FALSE AND status='creating'
        """);

    public static readonly Statement BackupStatus = new("backup_status", "UPDATE backups SET status=@new, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement BackupEnded = new("backup_ended",
        "UPDATE backups SET status=@new, fail_reason=@reason, updated_at=@now WHERE id=@id AND deleted=FALSE AND status=@old");

    public static readonly Statement BackupDependentMore = new("backup_dependent_more",
        "UPDATE backups SET num_dependent_backups=COALESCE(num_dependent_backups,0)+1, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement BackupDependentLess = new("backup_dependent_less",
        "UPDATE backups SET num_dependent_backups=num_dependent_backups-1, updated_at=@now WHERE id=@id AND deleted=FALSE AND num_dependent_backups>0");

    public static readonly Statement BackupDestroy = new("backup_destroy",
        "UPDATE backups SET status='deleted', deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE id=@id AND deleted=FALSE");

    public static readonly Statement BackupDestroyDep = new("backup_destroy_dep",
        "UPDATE backup_metadata SET deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE backup_id=@id AND deleted=FALSE");

    // MySQL sets from left to right: status is what previous_status was (cinder/backup/manager.py: _finish_backup).
    public static readonly Statement VolumeBackedUp = new("volume_backed_up",
        """
        UPDATE volumes SET status=COALESCE(previous_status,'available'), previous_status=@mark, updated_at=@now
        WHERE id=@id AND deleted=FALSE AND status='backing-up'
        """);

    public static readonly Statement VolumeMetadataSet = new("volume_metadata_set",
        "UPDATE volume_metadata SET value=@value, updated_at=@now WHERE volume_id=@id AND \"key\"=@key AND deleted=FALSE");

    public static readonly Statement VolumeMetadataInsert = new("volume_metadata_insert",
        "INSERT INTO volume_metadata (created_at, deleted, volume_id, \"key\", value) VALUES (@now, FALSE, @id, @key, @value)");

    public static readonly Statement BackupServiceGet = new("backup_service_get",
        """
        SELECT id, uuid, disabled, disabled_reason, frozen, availability_zone, rpc_current_version, object_current_version, replication_status, updated_at
        FROM services WHERE host=@host AND "binary"='cinder-backup' AND deleted=FALSE
        """);

    // A backup service knows no replication (cinder/db/sqlalchemy/models.py: Service).
    public static readonly Statement BackupServiceInsert = new("backup_service_insert",
        """
        INSERT INTO services (created_at, updated_at, deleted, uuid, cluster_name, host, "binary", topic, report_count, disabled, availability_zone,
        rpc_current_version, object_current_version, replication_status, active_backend_id, frozen)
        VALUES ({utcnow}, {utcnow}, FALSE, @uuid, NULL, @host, 'cinder-backup', 'cinder-backup', 0, FALSE, @az, @rpc, @ovo, 'not-capable', NULL, FALSE)
        """);

    public static readonly Statement BackupServiceStart = new("backup_service_start",
        """
        UPDATE services SET rpc_current_version=@rpc, object_current_version=@ovo, availability_zone=@az, updated_at={utcnow}
        WHERE id=@sid AND deleted=FALSE
        """);
}
