using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>What the parent should believe of a snapshot (pure).</summary>
internal static class SnapshotReport
{
    /// <param name="seen">Null when the child confirmed that it is not there.</param>
    /// <param name="answers">The sight is younger than the order that was given, so it can show its outcome.</param>
    /// <param name="blamed">It is marked to be in error because of what was seen in the child, and for no other reason.</param>
    public static Verdict Of(SnapshotRow row, Snapshot? seen, bool answers, bool blamed) => row.Status switch
    {
        SnapshotStatus.Creating => OfCreate(seen),
        SnapshotStatus.Deleting => OfDelete(seen, answers),
        SnapshotStatus.Available when seen is null => new Verdict.Vanished(),
        SnapshotStatus.Available when IsError(seen.Status) => new Verdict.Errored(seen.Status!),
        // Available already where an administrator was quicker than the child: the mark is of no error any more.
        SnapshotStatus.Error or SnapshotStatus.Available when blamed && seen?.Status == SnapshotStatus.Available => new Verdict.Recovered(),
        _ => Verdict.Nothing.Instance,
    };

    static Verdict OfCreate(Snapshot? seen) =>
        seen is null ? new Verdict.CreateFailed("the child has lost the snapshot while it was made")
        : IsError(seen.Status) ? new Verdict.CreateFailed($"the snapshot is {seen.Status} in the child")
        : seen.Status is SnapshotStatus.Creating or null ? Verdict.Nothing.Instance
        : new Verdict.Created();

    static Verdict OfDelete(Snapshot? seen, bool answers) =>
        seen is null ? new Verdict.Deleted()
        : !answers || seen.Status == SnapshotStatus.Deleting ? Verdict.Nothing.Instance
        : new Verdict.DeleteFailed(IsError(seen.Status) ? $"the snapshot is {seen.Status} in the child" : $"the child put the snapshot back to {seen.Status}");

    static bool IsError(string? status) => status?.StartsWith("error", StringComparison.Ordinal) is true;
}
