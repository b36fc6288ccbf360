namespace Cascade.CinderProxy.Parent.Database;

// cinder/objects/fields.py. A word outside these lists makes every listing that meets the row answer 500, so nothing else can be written.

/// <summary>snapshots.status (SnapshotStatus).</summary>
internal sealed record SnapshotStatus
{
    SnapshotStatus(string word) => Word = word;

    public string Word { get; }

    public static SnapshotStatus Error { get; } = new("error");

    public static SnapshotStatus Available { get; } = new("available");

    public static SnapshotStatus Creating { get; } = new("creating");

    public static SnapshotStatus Deleting { get; } = new("deleting");

    public static SnapshotStatus Deleted { get; } = new("deleted");

    public static SnapshotStatus Updating { get; } = new("updating");

    public static SnapshotStatus ErrorDeleting { get; } = new("error_deleting");

    public static SnapshotStatus Unmanaging { get; } = new("unmanaging");

    public static SnapshotStatus BackingUp { get; } = new("backing-up");

    public static SnapshotStatus Restoring { get; } = new("restoring");

    public override string ToString() => Word;
}

/// <summary>volumes.attach_status and volume_attachment.attach_status (VolumeAttachStatus).</summary>
internal sealed record AttachStatus
{
    AttachStatus(string word) => Word = word;

    public string Word { get; }

    public static AttachStatus Attached { get; } = new("attached");

    public static AttachStatus Attaching { get; } = new("attaching");

    public static AttachStatus Detached { get; } = new("detached");

    public static AttachStatus Reserved { get; } = new("reserved");

    public static AttachStatus ErrorAttaching { get; } = new("error_attaching");

    public static AttachStatus ErrorDetaching { get; } = new("error_detaching");

    public static AttachStatus Deleted { get; } = new("deleted");

    /// <summary>The word as read; null for one that cinder would not read either.</summary>
    public static AttachStatus? Of(string word) =>
        new[] { Attached, Attaching, Detached, Reserved, ErrorAttaching, ErrorDetaching, Deleted }.FirstOrDefault(known => known.Word == word);

    public override string ToString() => Word;
}

/// <summary>groups.status (GroupStatus) and group_snapshots.status (GroupSnapshotStatus), which lacks in-use; nobody here writes that.</summary>
internal sealed record GroupStatus
{
    GroupStatus(string word) => Word = word;

    public string Word { get; }

    public static GroupStatus Error { get; } = new("error");

    public static GroupStatus Available { get; } = new("available");

    public static GroupStatus Creating { get; } = new("creating");

    public static GroupStatus Deleting { get; } = new("deleting");

    public static GroupStatus Deleted { get; } = new("deleted");

    public static GroupStatus Updating { get; } = new("updating");

    public static GroupStatus ErrorDeleting { get; } = new("error_deleting");

    public override string ToString() => Word;
}

/// <summary>volumes.status: free text in the database, these words in cinder (VolumeStatus and cinder/volume/manager.py).</summary>
internal static class VolumeStatus
{
    public const string Available = "available";
    public const string BackingUp = "backing-up";
    public const string Attaching = "attaching";
    public const string Creating = "creating";
    public const string Deleting = "deleting";
    public const string Detaching = "detaching";
    public const string Downloading = "downloading";
    public const string Error = "error";
    public const string ErrorDeleting = "error_deleting";
    public const string ErrorExtending = "error_extending";
    public const string ErrorManaging = "error_managing";
    public const string ErrorManagingDeleting = "error_managing_deleting";
    public const string ErrorUnmanaging = "error_unmanaging";
    public const string Extending = "extending";
    public const string InUse = "in-use";
    public const string Maintenance = "maintenance";
    public const string Managing = "managing";
    public const string Reserved = "reserved";
    public const string RestoringBackup = "restoring-backup";
    public const string Retyping = "retyping";
    public const string Reverting = "reverting";
    public const string Unmanaging = "unmanaging";
    public const string Uploading = "uploading";

    /// <summary>A native cinder-volume is at work on a volume in one of these; nothing in Cinder ends them but that service.</summary>
    public static IReadOnlyList<string> Transitional { get; } =
        [Creating, Deleting, Downloading, ErrorManagingDeleting, Extending, Managing, Retyping, Reverting, Unmanaging, Uploading];
}
