namespace Cascade.CinderProxy.Volumes.Watching;

/// <summary>
/// That a volume is in error because its child's volume was seen to be, in the volume's administrator metadata, which no tenant sees or writes: what is well
/// again in the child is then well again in the parent, and any other error is left to who made it.
/// </summary>
internal static class ErrorMark
{
    public const string Key = "cascade_child_status";
}
