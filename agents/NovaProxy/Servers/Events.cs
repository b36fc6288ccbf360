namespace Cascade.NovaProxy.Servers;

/// <summary>Names of instance action events, as nova's decorators make them (nova/compute/utils.py: wrap_instance_event, prefix compute).</summary>
internal static class Events
{
    public const string Build = "compute__do_build_and_run_instance";
    public const string CrashDump = "compute_trigger_crash_dump";
    public const string Password = "compute_set_admin_password";
    public const string Pause = "compute_pause_instance";
    public const string Reboot = "compute_reboot_instance";
    public const string Restore = "compute_restore_instance";
    public const string Resume = "compute_resume_instance";
    public const string SoftDelete = "compute_soft_delete_instance";
    public const string Start = "compute_start_instance";
    public const string Stop = "compute_stop_instance";
    public const string Suspend = "compute_suspend_instance";
    public const string Terminate = "compute_terminate_instance";
    public const string Unpause = "compute_unpause_instance";
}
