namespace Cascade.Contracts.Nova.States;

/// <summary>nova/compute/task_states.py: those that this agent writes or expects.</summary>
public static class TaskStates
{
    public const string BlockDeviceMapping = "block_device_mapping";
    public const string Deleting = "deleting";
    public const string Networking = "networking";
    public const string PoweringOff = "powering-off";
    public const string PoweringOn = "powering-on";
    public const string RebootPending = "reboot_pending";
    public const string RebootPendingHard = "reboot_pending_hard";
    public const string RebootStarted = "reboot_started";
    public const string RebootStartedHard = "reboot_started_hard";
    public const string Rebooting = "rebooting";
    public const string RebootingHard = "rebooting_hard";
    public const string ResizeFinish = "resize_finish";
    public const string ResizeMigrated = "resize_migrated";
    public const string ResizeMigrating = "resize_migrating";
    public const string ResizePrep = "resize_prep";
    public const string ResizeReverting = "resize_reverting";
    public const string Scheduling = "scheduling";
    public const string SoftDeleting = "soft-deleting";
    public const string Spawning = "spawning";
}
