namespace Cascade.Contracts.Nova.States;

/// <summary>nova/compute/task_states.py: those that this agent writes or expects.</summary>
public static class TaskStates
{
    public const string BlockDeviceMapping = "block_device_mapping";
    public const string Deleting = "deleting";
    public const string Networking = "networking";
    public const string Pausing = "pausing";
    public const string PoweringOff = "powering-off";
    public const string PoweringOn = "powering-on";
    public const string RebootPending = "reboot_pending";
    public const string RebootPendingHard = "reboot_pending_hard";
    public const string RebootStarted = "reboot_started";
    public const string RebootStartedHard = "reboot_started_hard";
    public const string Rebooting = "rebooting";
    public const string RebootingHard = "rebooting_hard";
    public const string Restoring = "restoring";
    public const string Resuming = "resuming";
    public const string Scheduling = "scheduling";
    public const string SoftDeleting = "soft-deleting";
    public const string Spawning = "spawning";
    public const string Suspending = "suspending";
    public const string Unpausing = "unpausing";
    public const string UpdatingPassword = "updating_password";
}
