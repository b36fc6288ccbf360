namespace Cascade.CinderProxy.Parent.Database;

/// <summary>One table of Cinder's that we touch.</summary>
/// <param name="Columns">what our statements name, separated by blanks and lines.</param>
/// <param name="Verbs">what we do there beside SELECT.</param>
/// <param name="Numbered">whether an INSERT draws its id from a sequence.</param>
internal sealed record CinderTable(string Name, string Columns, string Verbs = "", bool Numbered = false)
{
    public IReadOnlyList<string> ColumnNames { get; } = Columns.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> Privileges { get; } = ["SELECT", .. Verbs.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>What of Cinder's schema we need: <see cref="SchemaCheck"/> looks for it, <see cref="Grants"/> asks for it, and no statement touches more.</summary>
internal static class CinderTables
{
    public static IReadOnlyList<CinderTable> All { get; } =
    [
        new("alembic_version", "version_num"),
        new("backup_metadata", "updated_at deleted_at deleted backup_id", "UPDATE"),
        new("backups",
            """
            created_at updated_at deleted_at deleted id volume_id snapshot_id parent_id user_id project_id host availability_zone display_name display_description
            container status fail_reason service service_metadata size object_count num_dependent_backups restore_volume_id
            """,
            "UPDATE"),
        new("encryption", "deleted provider volume_type_id"),
        new("group_snapshots", "created_at updated_at deleted_at deleted id group_id user_id project_id name description group_type_id status", "UPDATE"),
        new("group_volume_type_mapping", "updated_at deleted_at deleted group_id", "UPDATE"),
        new("groups",
            """
            created_at updated_at deleted_at deleted id user_id project_id host availability_zone name description group_type_id status group_snapshot_id source_group_id
            """,
            "UPDATE"),
        new("messages",
            "created_at deleted id project_id message_level request_id resource_type resource_uuid event_id detail_id action_id expires_at", "INSERT"),
        new("quota_classes", "deleted class_name resource hard_limit"),
        new("quota_usages", "updated_at deleted id project_id resource in_use reserved", "UPDATE"),
        new("quotas", "deleted project_id resource hard_limit"),
        new("reservations", "updated_at deleted_at deleted id uuid usage_id resource delta", "UPDATE"),
        new("services",
            """
            created_at updated_at deleted id uuid cluster_name host binary topic report_count disabled disabled_reason modified_at availability_zone rpc_current_version
            object_current_version replication_status active_backend_id frozen
            """,
            "INSERT UPDATE", Numbered: true),
        new("snapshot_metadata", "updated_at deleted_at deleted id snapshot_id key value", "UPDATE"),
        new("snapshots",
            """
            created_at updated_at deleted_at deleted id user_id project_id volume_id group_snapshot_id status progress volume_size display_name display_description
            provider_id volume_type_id encryption_key_id use_quota
            """,
            "UPDATE"),
        new("transfers", "updated_at deleted_at deleted volume_id", "UPDATE"),
        new("volume_admin_metadata", "created_at updated_at deleted_at deleted id volume_id key value", "INSERT UPDATE", Numbered: true),
        new("volume_attachment",
            """
            created_at updated_at deleted_at deleted id volume_id instance_uuid attached_host mountpoint attach_time detach_time attach_status attach_mode connector
            connection_info
            """,
            "INSERT UPDATE"),
        new("volume_glance_metadata", "created_at updated_at deleted_at deleted id volume_id snapshot_id key value", "INSERT UPDATE", Numbered: true),
        new("volume_metadata", "created_at updated_at deleted_at deleted id volume_id key value", "INSERT UPDATE", Numbered: true),
        new("volume_type_extra_specs", "deleted volume_type_id key value"),
        new("volume_types", "deleted id name qos_specs_id"),
        new("volumes",
            """
            created_at updated_at deleted_at deleted id _name_id user_id project_id snapshot_id source_volid cluster_name host size availability_zone status
            previous_status attach_status migration_status scheduled_at launched_at display_name display_description provider_id provider_location volume_type_id
            encryption_key_id group_id bootable multiattach use_quota service_uuid shared_targets
            """,
            "UPDATE"),
        new("workers", "updated_at deleted id resource_type resource_id status service_id race_preventer", "UPDATE DELETE"),
    ];
}
