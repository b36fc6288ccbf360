using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Backups;

/// <summary>A backup of the parent in the words of the child (pure).</summary>
internal static class BackupMap
{
    /// <param name="source">What is backed up; <see cref="RefusalOf(BackupSource, VolumeHost)"/> has nothing against it.</param>
    public static BackupCreate ToCreate(BackupSource source, VolumeHost host) => new()
    {
        VolumeId = source.Volume!.ProviderId!,
        SnapshotId = source.Snapshot?.ProviderId,
        Name = source.Row.DisplayName,
        Description = source.Row.DisplayDescription,
        Container = source.Row.Container,
        // The child takes the latest of the volume's, as the parent has: the order is the same in both.
        Incremental = source.Row.ParentId is not null,
        // Whether a volume in use may be backed up was the parent's to say, and it said yes.
        Force = true,
        Metadata = Stamp.Of(source.Row.Id, host.Service),
    };

    /// <summary>What native finds wrong with a create before it begins (cinder/backup/manager.py: create_backup), and what only we do.</summary>
    /// <returns>Null when it may be made.</returns>
    public static string? RefusalOf(BackupSource source, VolumeHost host) =>
        source.Volume is not { } volume ? "its volume is gone"
        : !host.Has(volume.Host) || volume.ProviderId is not { Length: > 0 } ? $"volume {volume.Id} is on {volume.Host ?? "no host"}, and this service backs up what is in the child of {host.Service}"
        : source.Row.SnapshotId is not null ? RefusalOf(source.Row, source.Snapshot)
        : volume.Status != VolumeStatus.BackingUp ? $"Create backup aborted, expected volume status {VolumeStatus.BackingUp} but got {volume.Status}."
        : source.Row.ParentId is { } parent && (source.Parent is null || BackupLink.In(source.Parent, host.Service) is null) ? $"backup {parent}, which it adds to, is not in the child of {host.Service}"
        : null;

    static string? RefusalOf(BackupRow row, SnapshotRow? snapshot) =>
        snapshot?.ProviderId is not { Length: > 0 } ? $"snapshot {row.SnapshotId} is not in the child"
        : snapshot.Status != SnapshotStatus.BackingUp ? $"Create backup aborted, expected snapshot status {SnapshotStatus.BackingUp} but got {snapshot.Status}."
        : null;

    /// <summary>Why a link is none of this service's; null when it is, or when there is none.</summary>
    public static string? RefusalOf(BackupRow row, VolumeHost host) =>
        BackupLink.Of(row) is { } link
            ? link.Service == host.Service ? null : $"the backup is in the child of {link.Service}, and the request came to {host.Service}: each child needs an availability zone of its own"
            : row.Service is null or BackupLink.Driver ? null
            : $"the backup was made by {row.Service}, and this service is {BackupLink.Driver}";
}

/// <summary>A backup and what it is of, as the parent's rows have it.</summary>
/// <param name="Volume">Null when it is gone.</param>
/// <param name="Snapshot">Null when there is none, or it is gone.</param>
/// <param name="Parent">What it adds to.</param>
internal sealed record BackupSource(BackupRow Row, VolumeRow? Volume, SnapshotRow? Snapshot, BackupRow? Parent)
{
    public static async Task<BackupSource?> ReadAsync(CinderWork work, string id) => await work.Backups.GetAsync(id) is { } row
        ? new(
            row,
            await work.Volumes.GetAsync(row.VolumeId),
            row.SnapshotId is { } snapshot ? await work.Snapshots.GetAsync(snapshot) : null,
            row.ParentId is { } parent ? await work.Backups.GetAsync(parent) : null)
        : null;
}
