namespace Cascade.CinderProxy.Parent.Database;

internal static partial class Statements
{
    const string VolumeColumns =
        """
        id, _name_id, user_id, project_id, snapshot_id, source_volid, host, size, availability_zone, status, previous_status, attach_status, migration_status,
        display_name, display_description, provider_id, provider_location, volume_type_id, encryption_key_id, group_id, bootable, multiattach, use_quota, service_uuid,
        created_at, updated_at, launched_at
        """;

    public static readonly Statement VolumeGet = new("volume_get", $"SELECT {VolumeColumns} FROM volumes WHERE id=@id AND deleted=FALSE");

    public static readonly Statement VolumeLock = new("volume_lock", $"SELECT {VolumeColumns} FROM volumes WHERE id=@id AND deleted=FALSE {{for update}}");

    public static readonly Statement VolumesPage = new("volumes_page",
        $"SELECT {VolumeColumns} FROM volumes WHERE deleted=FALSE AND {{ours host}} AND id>@after ORDER BY id LIMIT @limit");

    public static readonly Statement VolumesPageIn = new("volumes_page_in",
        $"SELECT {VolumeColumns} FROM volumes WHERE deleted=FALSE AND {{ours host}} AND id>@after AND status IN @statuses ORDER BY id LIMIT @limit");

    public static readonly Statement VolumesHandedBack = new("volumes_handed_back",
        $"""
        SELECT {VolumeColumns} FROM volumes WHERE deleted=FALSE AND host IS NULL AND status IN ('creating','downloading')
        AND id IN (SELECT resource_id FROM workers WHERE service_id=@sid AND resource_type='Volume' AND deleted=FALSE) ORDER BY id
        """);

    public static readonly Statement VolumesByChild = new("volumes_by_child",
        $"SELECT {VolumeColumns} FROM volumes WHERE deleted=FALSE AND {{ours host}} AND provider_id IN @children");

    public static readonly Statement VolumesOfGroup = new("volumes_of_group", $"SELECT {VolumeColumns} FROM volumes WHERE group_id=@gid AND deleted=FALSE ORDER BY id");

    public static readonly Statement VolumeMetadata = new("volume_metadata_get", "SELECT \"key\", value FROM volume_metadata WHERE volume_id=@id AND deleted=FALSE");

    public static readonly Statement VolumeSetChild = new("volume_set_child",
        "UPDATE volumes SET provider_id=@child, provider_location=@loc, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement VolumeCreated = new("volume_created",
        """
        UPDATE volumes SET status='available', launched_at=@now, service_uuid=@suuid, shared_targets=FALSE, updated_at=@now
        WHERE id=@id AND deleted=FALSE AND status IN ('creating','downloading')
        """);

    public static readonly Statement VolumeStatusIf = new("volume_status_if",
        "UPDATE volumes SET status=@new, updated_at=@now WHERE id=@id AND deleted=FALSE AND status=@old");

    public static readonly Statement VolumeStatus = new("volume_status", "UPDATE volumes SET status=@new, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement VolumeStatusPrevious = new("volume_status_previous",
        "UPDATE volumes SET status=previous_status, updated_at=@now WHERE id=@id AND deleted=FALSE AND status=@old AND previous_status IS NOT NULL");

    public static readonly Statement VolumeUnschedule = new("volume_unschedule",
        "UPDATE volumes SET host=NULL, scheduled_at=@now, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement VolumeBootable = new("volume_bootable", "UPDATE volumes SET bootable=TRUE, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement VolumeNotBootable = new("volume_not_bootable", "UPDATE volumes SET bootable=FALSE, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement VolumeGrown = new("volume_grown",
        "UPDATE volumes SET size=@size, updated_at=@now WHERE id=@id AND deleted=FALSE AND size=@from AND status IN ('available','in-use')");

    public static readonly Statement VolumeExtended = new("volume_extended",
        "UPDATE volumes SET size=@size, status=@new, updated_at=@now WHERE id=@id AND deleted=FALSE AND status='extending'");

    public static readonly Statement VolumeRetyped = new("volume_retyped",
        """
        UPDATE volumes SET volume_type_id=@type, host=@host, cluster_name=NULL, status=@new, updated_at=@now
        WHERE id=@id AND deleted=FALSE AND status='retyping'
        """);

    public static readonly Statement VolumeManaged = new("volume_managed",
        """
        UPDATE volumes SET size=@size, provider_id=@child, provider_location=@loc, status='available', launched_at=@now, service_uuid=@suuid, shared_targets=FALSE,
        updated_at=@now WHERE id=@id AND deleted=FALSE AND status='managing'
        """);

    public static readonly Statement VolumeMigrationError = new("volume_migration_error",
        """
        UPDATE volumes SET migration_status='error', status=CASE WHEN status IN ('retyping','maintenance') THEN COALESCE(previous_status, status) ELSE status END,
        updated_at=@now WHERE id=@id AND deleted=FALSE
        """);

    public static readonly Statement VolumeUploadDone = new("volume_upload_done",
        """
        UPDATE volumes SET status=CASE WHEN EXISTS (SELECT 1 FROM volume_attachment a WHERE a.volume_id=@id AND a.deleted=FALSE) THEN 'in-use' ELSE 'available' END,
        updated_at=@now WHERE id=@id AND deleted=FALSE AND status='uploading'
        """);

    public static readonly Statement VolumeSetGroup = new("volume_set_group", "UPDATE volumes SET group_id=@gid, updated_at=@now WHERE id=@id AND deleted=FALSE");

    public static readonly Statement VolumeDestroy = new("volume_destroy",
        "UPDATE volumes SET status='deleted', deleted=TRUE, deleted_at=@now, migration_status=NULL, updated_at=updated_at WHERE id=@id AND deleted=FALSE");

    /// <summary>VOLUME_DEPENDENT_MODELS.</summary>
    public static readonly IReadOnlyList<Statement> VolumeDestroyDep =
    [
        .. new[] { "volume_metadata", "volume_admin_metadata", "volume_glance_metadata", "volume_attachment", "transfers", "snapshots" }.Select(table => new Statement(
            "volume_destroy_dep", $"UPDATE {table} SET deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE volume_id=@id AND deleted=FALSE")),
    ];

    public static readonly Statement GlanceMetaGet = new("glance_meta_get", "SELECT \"key\", value FROM volume_glance_metadata WHERE volume_id=@id AND deleted=FALSE");

    public static readonly Statement GlanceMetaDelete = new("glance_meta_delete",
        "UPDATE volume_glance_metadata SET deleted=TRUE, deleted_at=@now WHERE volume_id=@id AND deleted=FALSE");

    public static readonly Statement GlanceMetaInsert = new("glance_meta_insert",
        "INSERT INTO volume_glance_metadata (created_at, deleted, volume_id, \"key\", value) VALUES (@now, FALSE, @id, @key, @value)");

    public static readonly Statement GlanceMetaVolToSnap = new("glance_meta_vol_to_snap",
        """
        INSERT INTO volume_glance_metadata (created_at, deleted, snapshot_id, "key", value)
        SELECT @now, FALSE, @snap, "key", value FROM volume_glance_metadata WHERE volume_id=@id AND deleted=FALSE
        """);

    public static readonly Statement GlanceMetaSnapToVol = new("glance_meta_snap_to_vol",
        """
        INSERT INTO volume_glance_metadata (created_at, deleted, volume_id, "key", value)
        SELECT @now, FALSE, @id, "key", value FROM volume_glance_metadata WHERE snapshot_id=@snap AND deleted=FALSE
        """);

    public static readonly Statement GlanceMetaVolToVol = new("glance_meta_vol_to_vol",
        """
        INSERT INTO volume_glance_metadata (created_at, deleted, volume_id, "key", value)
        SELECT @now, FALSE, @id, "key", value FROM volume_glance_metadata WHERE volume_id=@src AND deleted=FALSE
        """);

    public static readonly Statement GlanceMetaSnapDelete = new("glance_meta_snap_delete",
        "UPDATE volume_glance_metadata SET deleted=TRUE, deleted_at=@now WHERE snapshot_id=@snap AND deleted=FALSE");

    public static readonly Statement AdminMetaGet = new("admin_meta_get", "SELECT \"key\", value FROM volume_admin_metadata WHERE volume_id=@id AND deleted=FALSE");

    public static readonly Statement AdminMetaInsert = new("admin_meta_insert",
        "INSERT INTO volume_admin_metadata (created_at, deleted, volume_id, \"key\", value) VALUES (@now, FALSE, @id, @key, @value)");

    public static readonly Statement AdminMetaDelete = new("admin_meta_delete",
        "UPDATE volume_admin_metadata SET deleted=TRUE, deleted_at=@now WHERE volume_id=@id AND \"key\"=@key AND deleted=FALSE");
}
