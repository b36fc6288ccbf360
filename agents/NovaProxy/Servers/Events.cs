namespace Cascade.NovaProxy.Servers;

/// <summary>Names of instance action events, as nova's decorators make them (nova/compute/utils.py: wrap_instance_event, prefix compute).</summary>
internal static class Events
{
    public const string Build = "compute__do_build_and_run_instance";
    public const string ConfirmResize = "compute_confirm_resize";
    public const string FinishResize = "compute_finish_resize";
    public const string FinishRevertResize = "compute_finish_revert_resize";
    public const string PrepResize = "compute_prep_resize";
    public const string Reboot = "compute_reboot_instance";
    public const string ResizeInstance = "compute_resize_instance";
    public const string RevertResize = "compute_revert_resize";
    public const string Start = "compute_start_instance";
    public const string Stop = "compute_stop_instance";
    public const string Terminate = "compute_terminate_instance";
}
