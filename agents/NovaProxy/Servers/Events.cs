namespace Cascade.NovaProxy.Servers;

/// <summary>Names of instance action events, as nova's decorators make them (nova/compute/utils.py: wrap_instance_event, prefix compute).</summary>
internal static class Events
{
    public const string Backup = "compute_backup_instance";
    public const string Build = "compute__do_build_and_run_instance";
    public const string ConfirmResize = "compute_confirm_resize";
    public const string FinishResize = "compute_finish_resize";
    public const string FinishRevertResize = "compute_finish_revert_resize";
    public const string PrepResize = "compute_prep_resize";
    public const string Reboot = "compute_reboot_instance";
    public const string ResizeInstance = "compute_resize_instance";
    public const string RevertResize = "compute_revert_resize";
    public const string Rebuild = "compute_rebuild_instance";
    public const string Rescue = "compute_rescue_instance";
    public const string Shelve = "compute_shelve_instance";
    public const string ShelveOffload = "compute_shelve_offload_instance";
    public const string Snapshot = "compute_snapshot_instance";
    public const string Start = "compute_start_instance";
    public const string Stop = "compute_stop_instance";
    public const string Terminate = "compute_terminate_instance";
    public const string Unrescue = "compute_unrescue_instance";
    public const string Unshelve = "compute_unshelve_instance";
}
