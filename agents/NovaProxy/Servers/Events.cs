namespace Cascade.NovaProxy.Servers;

/// <summary>Names of instance action events, as nova's decorators make them (nova/compute/utils.py: wrap_instance_event, prefix compute).</summary>
internal static class Events
{
    public const string AttachVolume = "compute_attach_volume";
    public const string Backup = "compute_backup_instance";
    public const string Build = "compute__do_build_and_run_instance";
    public const string ConfirmResize = "compute_confirm_resize";
    public const string CrashDump = "compute_trigger_crash_dump";
    public const string DetachVolume = "compute_detach_volume";
    public const string ExtendVolume = "compute_extend_volume";
    public const string FinishResize = "compute_finish_resize";
    public const string FinishRevertResize = "compute_finish_revert_resize";
    public const string Password = "compute_set_admin_password";
    public const string Pause = "compute_pause_instance";
    public const string PrepResize = "compute_prep_resize";
    public const string Reboot = "compute_reboot_instance";
    public const string Rebuild = "compute_rebuild_instance";
    public const string Rescue = "compute_rescue_instance";
    public const string ResizeInstance = "compute_resize_instance";
    public const string Restore = "compute_restore_instance";
    public const string Resume = "compute_resume_instance";
    public const string RevertResize = "compute_revert_resize";
    public const string Shelve = "compute_shelve_instance";
    public const string ShelveOffload = "compute_shelve_offload_instance";
    public const string Snapshot = "compute_snapshot_instance";
    public const string SoftDelete = "compute_soft_delete_instance";
    public const string Start = "compute_start_instance";
    public const string Stop = "compute_stop_instance";
    public const string Suspend = "compute_suspend_instance";
    public const string SwapVolume = "compute_swap_volume";
    public const string Terminate = "compute_terminate_instance";
    public const string Unpause = "compute_unpause_instance";
    public const string Unrescue = "compute_unrescue_instance";
    public const string Unshelve = "compute_unshelve_instance";
}
