namespace Cascade.NovaProxy.Servers;

/// <summary>Names of instance action events, as nova's decorators make them (nova/compute/utils.py: wrap_instance_event, prefix compute).</summary>
internal static class Events
{
    public const string AttachVolume = "compute_attach_volume";
    public const string Build = "compute__do_build_and_run_instance";
    public const string DetachVolume = "compute_detach_volume";
    public const string ExtendVolume = "compute_extend_volume";
    public const string Reboot = "compute_reboot_instance";
    public const string Start = "compute_start_instance";
    public const string Stop = "compute_stop_instance";
    public const string SwapVolume = "compute_swap_volume";
    public const string Terminate = "compute_terminate_instance";
}
