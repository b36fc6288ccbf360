using Cascade.Contracts.Cinder.States;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>What the parent should believe of a volume (pure).</summary>
internal static class VolumeReport
{
    /// <param name="row">As the parent has it now.</param>
    /// <param name="seen">Null when the child confirmed that it is not there.</param>
    /// <param name="answers">The sight is younger than the order that was given, so it can show its outcome.</param>
    /// <param name="blamed">It is marked to be in error because of what was seen in the child, and for no other reason.</param>
    public static Verdict Of(VolumeRow row, Volume? seen, bool answers, bool blamed) => row.Status switch
    {
        // One that was launched gets another image, and whoever asked for that waits for it.
        VolumeStatus.Creating or VolumeStatus.Downloading when row.LaunchedAt is null => OfCreate(row, seen),
        VolumeStatus.Deleting => OfDelete(seen, answers),
        VolumeStatus.Available or VolumeStatus.InUse => OfIdle(row, seen, blamed),
        VolumeStatus.Error when blamed && seen?.Status is VolumeStatus.Available or VolumeStatus.InUse => new Verdict.Recovered(),
        _ => Verdict.Nothing.Instance,
    };

    static Verdict OfCreate(VolumeRow row, Volume? seen) => seen?.Status switch
    {
        null => new Verdict.CreateFailed("the child has lost the volume while it was made"),
        VolumeStatus.Available or VolumeStatus.InUse or VolumeStatus.Reserved or VolumeStatus.Attaching => new Verdict.Created(),
        VolumeStatus.Downloading when row.Status == VolumeStatus.Creating => new Verdict.Downloading(),
        VolumeStatus.Deleting => new Verdict.CreateFailed("the child deletes the volume while it was made"),
        var status when IsError(status) => new Verdict.CreateFailed($"the volume is {status} in the child"),
        _ => Verdict.Nothing.Instance,
    };

    static Verdict OfDelete(Volume? seen, bool answers) => seen?.Status switch
    {
        null => new Verdict.Deleted(),
        VolumeStatus.Deleting => Verdict.Nothing.Instance,
        _ when !answers => Verdict.Nothing.Instance,
        var status when IsError(status) => new Verdict.DeleteFailed($"the volume is {status} in the child"),
        // A busy back end puts it back (cinder/volume/manager.py: delete_volume, VolumeIsBusy).
        var status => new Verdict.DeleteFailed($"the child put the volume back to {status}"),
    };

    static Verdict OfIdle(VolumeRow row, Volume? seen, bool blamed) =>
        seen is null ? new Verdict.Vanished()
        // One that a server uses stays in-use, or nobody could detach it any more (cinder/volume/api.py: begin_detaching).
        : row.Status == VolumeStatus.Available && (IsError(seen.Status) || seen.Status == VolumeStatus.Deleting) ? new Verdict.Errored(seen.Status)
        : seen.Size > row.Size && seen.Status is VolumeStatus.Available or VolumeStatus.InUse ? new Verdict.Grown(seen.Size.Value)
        // An administrator was quicker than the child, and the mark is of no error any more.
        : blamed && seen.Status is VolumeStatus.Available or VolumeStatus.InUse ? new Verdict.Recovered()
        : Verdict.Nothing.Instance;

    static bool IsError(string status) => status.StartsWith("error", StringComparison.Ordinal);
}
