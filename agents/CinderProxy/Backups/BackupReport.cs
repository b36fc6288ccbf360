using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <summary>What the parent should believe of a backup (pure).</summary>
internal static class BackupReport
{
    /// <param name="seen">Null when the child confirmed that it is not there.</param>
    /// <param name="answers">The sight is younger than the order that was given, so it can show its outcome.</param>
    /// <param name="blamed">It is in error because of what was seen in the child, and for no other reason.</param>
    public static Verdict Of(BackupRow row, Backup? seen, bool answers, bool blamed) => row.Status switch
    {
        BackupStatus.Creating => OfCreate(seen),
        BackupStatus.Deleting => OfDelete(seen, answers),
        BackupStatus.Restoring => OfRestore(seen, answers),
        BackupStatus.Available when seen is null => new Verdict.Vanished(),
        BackupStatus.Available when IsError(seen.Status) => new Verdict.Errored(Words(seen)),
        BackupStatus.Error when blamed && seen?.Status == BackupStatus.Available => new Verdict.Recovered(),
        _ => Verdict.Nothing.Instance,
    };

    /// <summary>How a restore went, by the volume that it went into.</summary>
    /// <param name="volume">Null when the child confirmed that it is not there.</param>
    /// <returns>Null while it is still under way; an empty text when it went well; else why it did not.</returns>
    public static string? FailureOf(Volume? volume) => volume?.Status switch
    {
        VolumeStatus.RestoringBackup => null,
        VolumeStatus.Available or VolumeStatus.InUse or VolumeStatus.Reserved or VolumeStatus.Attaching => "",
        null => "the volume is gone in the child",
        var status => $"the volume is {status} in the child",
    };

    static Verdict OfCreate(Backup? seen) => seen?.Status switch
    {
        null => new Verdict.CreateFailed("the child has lost the backup while it was made"),
        BackupStatus.Creating => Verdict.Nothing.Instance,
        BackupStatus.Available or BackupStatus.Restoring => new Verdict.Created(),
        _ => new Verdict.CreateFailed(Words(seen)),
    };

    static Verdict OfDelete(Backup? seen, bool answers) =>
        seen is null ? new Verdict.Deleted()
        : !answers || seen.Status == BackupStatus.Deleting ? Verdict.Nothing.Instance
        : new Verdict.DeleteFailed(Words(seen));

    static Verdict OfRestore(Backup? seen, bool answers) =>
        seen is null ? new Verdict.RestoreFailed("the backup is gone in the child")
        : !answers || seen.Status == BackupStatus.Restoring ? Verdict.Nothing.Instance
        : new Verdict.RestoreOver();

    static string Words(Backup seen) => $"the backup is {seen.Status} in the child{(seen.FailReason is { Length: > 0 } reason ? $": {reason}" : "")}";

    static bool IsError(string? status) => status?.StartsWith("error", StringComparison.Ordinal) is true;
}
