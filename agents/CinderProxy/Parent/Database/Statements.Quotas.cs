namespace Cascade.CinderProxy.Parent.Database;

internal static partial class Statements
{
    public static readonly Statement QuotaUsageLock = new("quota_usage_lock",
        "SELECT id, resource, in_use, reserved FROM quota_usages WHERE project_id=@project AND deleted=FALSE AND resource IN @resources ORDER BY id ASC {for update}");

    public static readonly Statement QuotaUsagesOfReservations = new("quota_usages_of_reservations",
        """
        SELECT id, resource, in_use, reserved FROM quota_usages
        WHERE id IN (SELECT usage_id FROM reservations WHERE uuid IN @uuids AND deleted=FALSE) ORDER BY id ASC
        """);

    public static readonly Statement QuotaUsageById = new("quota_usage_by_id", "SELECT id, resource, in_use, reserved FROM quota_usages WHERE id=@uid {for update}");

    public static readonly Statement QuotaUsageSet = new("quota_usage_set",
        "UPDATE quota_usages SET in_use=@in_use, reserved=@reserved, updated_at=@now WHERE id=@uid");

    public static readonly Statement ReservationsGet = new("reservations_get",
        "SELECT id, usage_id, resource, delta FROM reservations WHERE uuid IN @uuids AND deleted=FALSE ORDER BY id ASC {for update}");

    public static readonly Statement ReservationDone = new("reservation_done",
        "UPDATE reservations SET deleted=TRUE, deleted_at=@now, updated_at=@now WHERE id=@rid");

    public static readonly Statement QuotaLimits = new("quota_limits",
        "SELECT resource, hard_limit FROM quotas WHERE project_id=@project AND deleted=FALSE AND resource IN @resources");

    public static readonly Statement QuotaClassLimits = new("quota_class_limits",
        "SELECT resource, hard_limit FROM quota_classes WHERE class_name='default' AND deleted=FALSE AND resource IN @resources");
}
