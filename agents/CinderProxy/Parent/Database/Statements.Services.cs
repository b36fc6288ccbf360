namespace Cascade.CinderProxy.Parent.Database;

internal static partial class Statements
{
    public static readonly Statement ServiceGet = new("service_get",
        """
        SELECT id, uuid, disabled, disabled_reason, frozen, availability_zone, rpc_current_version, object_current_version, replication_status, updated_at
        FROM services WHERE host=@host AND "binary"='cinder-volume' AND deleted=FALSE
        """);

    // What is_up compares is the server's own clock, so that only the reader's is left to be wrong (cinder/objects/service.py: Service.is_up).
    public static readonly Statement ServiceInsert = new("service_insert",
        """
        INSERT INTO services (created_at, updated_at, deleted, uuid, cluster_name, host, "binary", topic, report_count, disabled, availability_zone,
        rpc_current_version, object_current_version, replication_status, active_backend_id, frozen)
        VALUES ({utcnow}, {utcnow}, FALSE, @uuid, NULL, @host, 'cinder-volume', 'cinder-volume', 0, FALSE, @az, @rpc, @ovo, 'disabled', NULL, FALSE)
        """);

    public static readonly Statement ServiceStart = new("service_start",
        """
        UPDATE services SET rpc_current_version=@rpc, object_current_version=@ovo, availability_zone=@az, replication_status='disabled', updated_at={utcnow}
        WHERE id=@sid AND deleted=FALSE
        """);

    public static readonly Statement ServiceHeartbeat = new("service_heartbeat",
        "UPDATE services SET report_count=report_count+1, updated_at={utcnow} WHERE id=@sid AND deleted=FALSE");

    // updated_at stays: freezing is no sign of life.
    public static readonly Statement ServiceFreeze = new("service_freeze",
        "UPDATE services SET disabled=TRUE, disabled_reason='frozen', modified_at=@now WHERE id=@sid AND deleted=FALSE");

    public static readonly Statement ServiceThaw = new("service_thaw",
        "UPDATE services SET disabled=FALSE, disabled_reason='', modified_at=@now WHERE id=@sid AND deleted=FALSE");

    // From 2025.1 a native service does this when it makes its row anew (volume_update_all_by_service).
    public static readonly Statement VolumesToService = new("volumes_to_service",
        "UPDATE volumes SET service_uuid=@suuid, updated_at=@now WHERE deleted=FALSE AND {ours host} AND service_uuid<>@suuid");

    public static readonly Statement WorkerClaim = new("worker_claim",
        """
        UPDATE workers SET service_id=@sid, status=@status, race_preventer=race_preventer+1, updated_at=@now
        WHERE resource_type=@rtype AND resource_id=@id AND deleted=FALSE
        """);

    public static readonly Statement WorkerDone = new("worker_done",
        "DELETE FROM workers WHERE resource_type=@rtype AND resource_id=@id AND service_id=@sid");

    public static readonly Statement WorkerRelease = new("worker_release",
        """
        UPDATE workers SET service_id=NULL, status=@status, race_preventer=race_preventer+1, updated_at=@now
        WHERE resource_type=@rtype AND resource_id=@id AND service_id=@sid AND deleted=FALSE
        """);

    public static readonly Statement WorkersMine = new("workers_mine",
        "SELECT id, resource_type, resource_id, status, updated_at FROM workers WHERE service_id=@sid AND deleted=FALSE AND resource_type<>'SENTINEL'");
}
