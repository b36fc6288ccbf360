namespace Cascade.Contracts.Nova.States;

/// <summary>nova/compute/task_states.py: those that this agent writes or expects.</summary>
public static class TaskStates
{
    public const string BlockDeviceMapping = "block_device_mapping";
    public const string Deleting = "deleting";
    public const string ImageBackup = "image_backup";
    public const string ImagePendingUpload = "image_pending_upload";
    public const string ImageSnapshot = "image_snapshot";
    public const string ImageSnapshotPending = "image_snapshot_pending";
    public const string ImageUploading = "image_uploading";
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
    public const string RebuildBlockDeviceMapping = "rebuild_block_device_mapping";
    public const string RebuildSpawning = "rebuild_spawning";
    public const string Rebuilding = "rebuilding";
    public const string Rescuing = "rescuing";
    public const string ResizeFinish = "resize_finish";
    public const string ResizeMigrated = "resize_migrated";
    public const string ResizeMigrating = "resize_migrating";
    public const string ResizePrep = "resize_prep";
    public const string ResizeReverting = "resize_reverting";
    public const string Restoring = "restoring";
    public const string Resuming = "resuming";
    public const string Scheduling = "scheduling";
    public const string Shelving = "shelving";
    public const string ShelvingImagePendingUpload = "shelving_image_pending_upload";
    public const string ShelvingImageUploading = "shelving_image_uploading";
    public const string ShelvingOffloading = "shelving_offloading";
    public const string SoftDeleting = "soft-deleting";
    public const string Spawning = "spawning";
    public const string Suspending = "suspending";
    public const string Unpausing = "unpausing";
    public const string Unrescuing = "unrescuing";
    public const string Unshelving = "unshelving";
    public const string UpdatingPassword = "updating_password";
}
