namespace Cascade.Contracts.Cinder.States;

/// <summary>
/// cinder/objects/fields.py: VolumeStatus, of volumes.status, whose column is free text: a word that is not on the list breaks nothing.
/// </summary>
public static class VolumeStatus
{
    public const string Attaching = "attaching";
    public const string Available = "available";
    public const string AwaitingTransfer = "awaiting-transfer";
    public const string BackingUp = "backing-up";
    public const string Creating = "creating";
    public const string Deleting = "deleting";
    public const string Detaching = "detaching";
    public const string Downloading = "downloading";
    public const string Error = "error";
    public const string ErrorBackingUp = "error_backing-up";
    public const string ErrorDeleting = "error_deleting";
    public const string ErrorExtending = "error_extending";
    public const string ErrorManaging = "error_managing";
    public const string ErrorRestoring = "error_restoring";
    public const string Extending = "extending";
    public const string InUse = "in-use";
    public const string Maintenance = "maintenance";
    public const string Managing = "managing";
    public const string Reserved = "reserved";
    public const string RestoringBackup = "restoring-backup";
    public const string Retyping = "retyping";
    public const string Uploading = "uploading";

    // Words that the API and the volume manager write beside the list (cinder/volume/api.py: delete, revert_to_snapshot; cinder/volume/manager.py: _clear_db).
    public const string Unmanaging = "unmanaging";
    public const string ErrorUnmanaging = "error_unmanaging";
    public const string ErrorManagingDeleting = "error_managing_deleting";
    public const string Reverting = "reverting";

    /// <summary>Every word of the list.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Attaching, Available, AwaitingTransfer, BackingUp, Creating, Deleting, Detaching, Downloading, Error, ErrorBackingUp,
        ErrorDeleting, ErrorExtending, ErrorManaging, ErrorRestoring, Extending, InUse, Maintenance, Managing, Reserved, RestoringBackup,
        Retyping, Uploading,
    ];
}
