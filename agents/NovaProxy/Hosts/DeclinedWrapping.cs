using Cascade.NovaProxy.Parent;

namespace Cascade.NovaProxy.Hosts;

/// <summary>
/// Which native wrappers a method has that is declined (the decorators in nova/compute/manager.py, the same from Zed to 2026.1). The checks and steps of a live
/// migration leave task state and migration to whoever called them: the conductor asks the next host with the same record.
/// </summary>
internal static class DeclinedWrapping
{
    static readonly HashSet<string> KeepTheTask = new(StringComparer.Ordinal)
    {
        "check_can_live_migrate_destination", "check_can_live_migrate_source", "confirm_snapshot_based_resize_at_source", "live_migration_abort",
        "live_migration_force_complete", "post_live_migration_at_destination", "pre_live_migration", "prep_snapshot_based_resize_at_dest",
        "rollback_live_migration_at_destination",
    };

    static readonly HashSet<string> KeepTheMigration = new(StringComparer.Ordinal) { "check_can_live_migrate_destination", "prep_snapshot_based_resize_at_dest" };

    public static InstanceWrapping Of(string method) => KeepTheTask.Contains(method) ? InstanceWrapping.Fault : InstanceWrapping.Native;

    /// <summary>errors_out_migration.</summary>
    public static bool ErrsMigration(string method) => !KeepTheMigration.Contains(method);
}
