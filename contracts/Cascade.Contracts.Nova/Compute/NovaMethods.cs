namespace Cascade.Contracts.Nova.Compute;

/// <summary>How a method is asked (nova/compute/rpcapi.py: ComputeAPI).</summary>
public enum NovaMethodKind
{
    /// <summary>Nobody waits: the API has answered 202 already.</summary>
    Cast,

    /// <summary>Waits rpc_response_timeout, 60 s.</summary>
    Call,

    /// <summary>Waits long_rpc_timeout, 1800 s, and wants signs of life.</summary>
    LongCall,

    /// <summary>Cast for most callers, call for one: confirm_resize, when a resized server is deleted; stop_instance, without a stock caller.</summary>
    CastOrCall,
}

/// <param name="Name">As on the wire.</param>
/// <param name="Kind">How it is asked.</param>
/// <param name="HasEvent">True when the native method writes an instance action event <c>compute_&lt;name&gt;</c> (wrap_instance_event).</param>
/// <param name="Alternative">True when it goes to <c>compute-alt.&lt;host&gt;</c> from 2026.1 on (rpcapi.py: prepare_for_alt_rpcserver).</param>
public sealed record NovaMethod(string Name, NovaMethodKind Kind, bool HasEvent = false, bool Alternative = false)
{
    /// <summary>The event's name. Only the build has a name of its own, that of the inner method (_do_build_and_run_instance).</summary>
    public string Event => Name == "build_and_run_instance" ? "compute__do_build_and_run_instance" : "compute_" + Name;
}

/// <summary>
/// Every method of the compute RPC API from Zed to master of 2026 (nova/compute/manager.py: ComputeManager, target 6.1 to 6.5): the list that an
/// agent's table is held against.
/// </summary>
public static class NovaMethods
{
    public static IReadOnlyList<NovaMethod> All { get; } =
    [
        Cast("add_fixed_ip_to_instance"),
        Cast("allow_share", hasEvent: true),
        Call("attach_interface", hasEvent: true),
        Cast("attach_volume", hasEvent: true),
        Cast("backup_instance", hasEvent: true),
        Cast("build_and_run_instance", hasEvent: true),
        LongCall("cache_images"),
        LongCall("check_can_live_migrate_destination", hasEvent: true),
        Call("check_can_live_migrate_source", hasEvent: true),
        Call("check_instance_shared_storage", alternative: true),
        new("confirm_resize", NovaMethodKind.CastOrCall, HasEvent: true),
        LongCall("confirm_snapshot_based_resize_at_source", hasEvent: true),
        Cast("deny_share", hasEvent: true),
        Cast("detach_interface", hasEvent: true),
        Cast("detach_volume", hasEvent: true),
        Call("drop_move_claim_at_destination", alternative: true),
        Cast("external_instance_event", alternative: true),
        Cast("finish_resize", hasEvent: true, alternative: true),
        Cast("finish_revert_resize", hasEvent: true, alternative: true),
        LongCall("finish_revert_snapshot_based_resize_at_source", hasEvent: true, alternative: true),
        LongCall("finish_snapshot_based_resize_at_dest", hasEvent: true, alternative: true),
        Call("get_console_output"),
        Call("get_diagnostics"),
        Call("get_host_uptime"),
        Call("get_instance_diagnostics"),
        Call("get_mks_console"),
        Call("get_rdp_console"),
        Call("get_serial_console"),
        Call("get_spice_console"),
        Call("get_vnc_console"),
        Call("host_maintenance_mode"),
        Call("host_power_action"),
        Cast("inject_network_info"),
        Cast("live_migration", hasEvent: true, alternative: true),
        Cast("live_migration_abort", hasEvent: true),
        Cast("live_migration_force_complete", hasEvent: true),
        Cast("pause_instance", hasEvent: true),
        LongCall("post_live_migration_at_destination", hasEvent: true, alternative: true),
        LongCall("pre_live_migration", hasEvent: true, alternative: true),
        Cast("prep_resize", hasEvent: true),
        LongCall("prep_snapshot_based_resize_at_dest", hasEvent: true),
        LongCall("prep_snapshot_based_resize_at_source", hasEvent: true, alternative: true),
        Call("quiesce_instance"),
        Cast("reboot_instance", hasEvent: true),
        Cast("rebuild_instance", hasEvent: true),
        Cast("remove_fixed_ip_from_instance"),
        Call("remove_volume_connection", alternative: true),
        Cast("rescue_instance", hasEvent: true),
        LongCall("reserve_block_device_name"),
        Cast("resize_instance", hasEvent: true, alternative: true),
        Cast("restore_instance", hasEvent: true),
        Cast("resume_instance", hasEvent: true),
        Cast("revert_resize", hasEvent: true),
        LongCall("revert_snapshot_based_resize_at_dest", hasEvent: true),
        Cast("rollback_live_migration_at_destination", hasEvent: true, alternative: true),
        Call("set_admin_password", hasEvent: true),
        LongCall("set_host_enabled"),
        Cast("shelve_instance", hasEvent: true),
        Cast("shelve_offload_instance", hasEvent: true),
        Cast("snapshot_instance", hasEvent: true),
        Cast("soft_delete_instance", hasEvent: true),
        Cast("start_instance", hasEvent: true),
        new("stop_instance", NovaMethodKind.CastOrCall, HasEvent: true),
        Cast("suspend_instance", hasEvent: true),
        Cast("swap_volume", hasEvent: true),
        Cast("terminate_instance", hasEvent: true),
        Cast("trigger_crash_dump", hasEvent: true),
        Cast("unpause_instance", hasEvent: true),
        Cast("unquiesce_instance"),
        Cast("unrescue_instance", hasEvent: true),
        Cast("unshelve_instance", hasEvent: true),
        Call("validate_console_port", alternative: true),
        Cast("volume_snapshot_create"),
        Cast("volume_snapshot_delete"),
    ];

    /// <summary>nova/baserpc.py: BaseRPCAPI, namespace <c>baseapi</c>, of every native service.</summary>
    public static IReadOnlyList<NovaMethod> Base { get; } = [Call("get_backdoor_port"), Call("ping")];

    static NovaMethod Cast(string name, bool hasEvent = false, bool alternative = false) => new(name, NovaMethodKind.Cast, hasEvent, alternative);

    static NovaMethod Call(string name, bool hasEvent = false, bool alternative = false) => new(name, NovaMethodKind.Call, hasEvent, alternative);

    static NovaMethod LongCall(string name, bool hasEvent = false, bool alternative = false) => new(name, NovaMethodKind.LongCall, hasEvent, alternative);
}
