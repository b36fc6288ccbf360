namespace Cascade.CinderProxy.Parent.Database;

internal static partial class Statements
{
    const string SnapshotColumns =
        """
        s.id, s.user_id, s.project_id, s.volume_id, s.volume_size, s.status, s.progress, s.display_name, s.display_description, s.provider_id, s.volume_type_id,
        s.encryption_key_id, s.group_snapshot_id, s.use_quota, s.created_at, s.updated_at, v.host
        """;

    // A snapshot has no host of its own: its volume's, also of one that is gone already.
    const string FromSnapshots = "FROM snapshots s JOIN volumes v ON v.id=s.volume_id";

    public static readonly Statement SnapshotGet = new("snapshot_get", $"SELECT {SnapshotColumns} {FromSnapshots} WHERE s.id=@snap AND s.deleted=FALSE");

    public static readonly Statement SnapshotsPage = new("snapshots_page",
        $"SELECT {SnapshotColumns} {FromSnapshots} WHERE s.deleted=FALSE AND {{ours v.host}} AND s.id>@after ORDER BY s.id LIMIT @limit");

    public static readonly Statement SnapshotsPageIn = new("snapshots_page_in",
        $"SELECT {SnapshotColumns} {FromSnapshots} WHERE s.deleted=FALSE AND {{ours v.host}} AND s.id>@after AND s.status IN @statuses ORDER BY s.id LIMIT @limit");

    public static readonly Statement SnapshotsOf = new("snapshots_of", $"SELECT {SnapshotColumns} {FromSnapshots} WHERE s.volume_id=@id AND s.deleted=FALSE ORDER BY s.id");

    public static readonly Statement SnapshotsOfGroupSnapshot = new("snapshots_of_group_snapshot",
        $"SELECT {SnapshotColumns} {FromSnapshots} WHERE s.group_snapshot_id=@gsid AND s.deleted=FALSE ORDER BY s.id");

    public static readonly Statement SnapshotsByChild = new("snapshots_by_child",
        $"SELECT {SnapshotColumns} {FromSnapshots} WHERE s.deleted=FALSE AND {{ours v.host}} AND s.provider_id IN @children");

    // Also of one that was just deleted, of which there is still to tell.
    public static readonly Statement SnapshotMetadata = new("snapshot_metadata_get",
        """
        SELECT m."key", m.value FROM snapshot_metadata m JOIN snapshots s ON s.id=m.snapshot_id
        WHERE s.id=@snap AND (m.deleted=FALSE OR m.deleted_at=s.deleted_at) ORDER BY m.id
        """);

    public static readonly Statement SnapshotsRetyped = new("snapshots_retyped",
        "UPDATE snapshots SET volume_type_id=@type, updated_at=@now WHERE volume_id=@id AND deleted=FALSE");

    public static readonly Statement SnapshotSetChild = new("snapshot_set_child",
        "UPDATE snapshots SET provider_id=@child, updated_at=@now WHERE id=@snap AND deleted=FALSE");

    public static readonly Statement SnapshotCreated = new("snapshot_created",
        """
        UPDATE snapshots SET status='available', progress='100%', provider_id=@child,
        encryption_key_id=(SELECT v.encryption_key_id FROM volumes v WHERE v.id=snapshots.volume_id), updated_at=@now
        WHERE id=@snap AND deleted=FALSE AND status='creating'
        """);

    public static readonly Statement SnapshotManaged = new("snapshot_managed",
        """
        UPDATE snapshots SET volume_size=@size, provider_id=@child, status='available', progress='100%', updated_at=@now
        WHERE id=@snap AND deleted=FALSE AND status='creating'
        """);

    public static readonly Statement SnapshotStatus = new("snapshot_status", "UPDATE snapshots SET status=@new, updated_at=@now WHERE id=@snap AND deleted=FALSE");

    public static readonly Statement SnapshotStatusIf = new("snapshot_status_if",
        "UPDATE snapshots SET status=@new, updated_at=@now WHERE id=@snap AND deleted=FALSE AND status=@old");

    public static readonly Statement SnapshotDestroy = new("snapshot_destroy",
        "UPDATE snapshots SET status='deleted', deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE id=@snap AND deleted=FALSE");

    public static readonly Statement SnapshotDestroyDep = new("snapshot_destroy_dep",
        "UPDATE snapshot_metadata SET deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE snapshot_id=@snap AND deleted=FALSE");

    public static readonly Statement GroupGet = new("group_get",
        """
        SELECT id, user_id, project_id, host, availability_zone, name, description, group_type_id, status, group_snapshot_id, source_group_id,
        created_at
        FROM "groups" WHERE id=@gid AND deleted=FALSE
        """);

    public static readonly Statement GroupLock = new("group_lock", "SELECT id AS value FROM \"groups\" WHERE id=@gid AND deleted=FALSE {for update}");

    public static readonly Statement GroupStatus = new("group_status", "UPDATE \"groups\" SET status=@new, updated_at=@now WHERE id=@gid AND deleted=FALSE");

    public static readonly Statement GroupCreated = new("group_created",
        "UPDATE \"groups\" SET status='available', created_at=@now, updated_at=@now WHERE id=@gid AND deleted=FALSE");

    public static readonly Statement GroupDestroy = new("group_destroy",
        "UPDATE \"groups\" SET status='deleted', deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE id=@gid AND deleted=FALSE");

    public static readonly Statement GroupDestroyDep = new("group_destroy_dep",
        "UPDATE group_volume_type_mapping SET deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE group_id=@gid AND deleted=FALSE");

    public static readonly Statement GroupSnapshotGet = new("group_snapshot_get",
        "SELECT id, group_id, user_id, project_id, name, description, group_type_id, status, created_at FROM group_snapshots WHERE id=@gsid AND deleted=FALSE");

    public static readonly Statement GroupSnapshotLock = new("group_snapshot_lock", "SELECT id AS value FROM group_snapshots WHERE id=@gsid AND deleted=FALSE {for update}");

    public static readonly Statement GroupSnapshotStatus = new("group_snapshot_status",
        "UPDATE group_snapshots SET status=@new, updated_at=@now WHERE id=@gsid AND deleted=FALSE");

    public static readonly Statement GroupSnapshotDestroy = new("group_snapshot_destroy",
        "UPDATE group_snapshots SET status='deleted', deleted=TRUE, deleted_at=@now, updated_at=updated_at WHERE id=@gsid AND deleted=FALSE");
}
