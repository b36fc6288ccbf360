namespace Cascade.Contracts.Cinder.States;

/// <summary>
/// cinder/objects/fields.py: VolumeAttachStatus, of volumes.attach_status and volume_attachment.attach_status. The list is closed: with any other word
/// in a row, every listing that loads the row answers 500.
/// </summary>
public static class VolumeAttachStatus
{
    public const string Attached = "attached";
    public const string Attaching = "attaching";
    public const string Deleted = "deleted";
    public const string Detached = "detached";
    public const string ErrorAttaching = "error_attaching";
    public const string ErrorDetaching = "error_detaching";
    public const string Reserved = "reserved";

    /// <summary>Every word of the list.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Attached, Attaching, Deleted, Detached, ErrorAttaching, ErrorDetaching, Reserved,
    ];
}
