namespace Cascade.CinderProxy.Parent.Database;

/// <summary>
/// Every statement there is, by table. What native cinder-volume does through SQLAlchemy (updated_at by hand, deleted never left out, soft deletes that keep
/// updated_at, a state in each WHERE) stands in each of them; one text serves Zed to 2026.1 and three servers.
/// </summary>
internal static partial class Statements
{
    public static readonly Statement Ping = new("ping", "SELECT 1 AS value");

    public static readonly Statement AlembicVersion = new("alembic_version", "SELECT version_num AS value FROM alembic_version");

    public static readonly Statement MessageInsert = new("message_insert",
        """
        INSERT INTO messages (created_at, deleted, id, project_id, message_level, request_id, resource_type, resource_uuid, event_id, detail_id, action_id, expires_at)
        VALUES (@now, FALSE, @mid, @project, 'ERROR', @req, @rtype, @ruid, @event, @detail, @action, @expires)
        """);

    public static readonly Statement TypeIds = new("type_ids", "SELECT id FROM volume_types WHERE deleted=FALSE ORDER BY name");

    public static readonly Statement TypeSpecs = new("type_specs",
        """
        SELECT t.id, t.name, t.qos_specs_id, s."key", s.value FROM volume_types t
        LEFT JOIN volume_type_extra_specs s ON s.volume_type_id=t.id AND s.deleted=FALSE WHERE t.id=@type
        """);

    public static readonly Statement TypeEncryption = new("type_encryption",
        "SELECT provider AS value FROM encryption WHERE volume_type_id=@type AND deleted=FALSE");

    // The sum of MySQL is a decimal, that of PostgreSQL a bigint: Row makes one int of them.
    public static readonly Statement AllocatedByPool = new("allocated_by_pool",
        "SELECT host, COUNT(*) AS n, COALESCE(SUM(size),0) AS gb FROM volumes WHERE deleted=FALSE AND {ours host} GROUP BY host");
}
