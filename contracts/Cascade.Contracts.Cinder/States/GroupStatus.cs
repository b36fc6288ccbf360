namespace Cascade.Contracts.Cinder.States;

/// <summary>
/// cinder/objects/fields.py: GroupStatus, of groups.status. The list is closed: with any other word in a row, every listing that loads the row answers
/// 500.
/// </summary>
public static class GroupStatus
{
    public const string Available = "available";
    public const string Creating = "creating";
    public const string Deleted = "deleted";
    public const string Deleting = "deleting";
    public const string Error = "error";
    public const string ErrorDeleting = "error_deleting";
    public const string InUse = "in-use";
    public const string Updating = "updating";

    /// <summary>Every word of the list.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Available, Creating, Deleted, Deleting, Error, ErrorDeleting, InUse, Updating,
    ];
}
