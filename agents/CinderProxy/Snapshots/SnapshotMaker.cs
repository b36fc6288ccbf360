using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Mirror;
using Cascade.OpenStack.BlockStorage;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>Makes the child's snapshot for one of the parent, or finds the one that is there.</summary>
internal sealed class SnapshotMaker(ChildCloud child, CinderDatabase database, SnapshotBook book, VolumeHost host, ILogger<SnapshotMaker> log)
{
    /// <returns>The child's id, linked.</returns>
    /// <param name="childVolumeId">Of the volume that it is of.</param>
    public async Task<string> MakeAsync(SnapshotRow row, string childVolumeId, CancellationToken cancelled)
    {
        var wanted = new SnapshotCreate
        {
            VolumeId = childVolumeId,
            Name = row.DisplayName,
            Description = row.DisplayDescription,
            Metadata = Stamp.Of(row.Id, host.Service),
        };
        var made = await MirrorOf(row, childVolumeId).EnsureAsync(row.Id, new SnapshotLink(row, database, book), _ => Task.FromResult(wanted), cancelled);
        return made.Seen.Id;
    }

    /// <summary>Asks the child to delete whatever stands for it.</summary>
    /// <returns>What was asked to go; none when nothing is there any more.</returns>
    public Task<IReadOnlyList<string>> RemoveAsync(SnapshotRow row, CancellationToken cancelled) =>
        MirrorOf(row, null).RemoveAsync(row.Id, row.ProviderId, cancelled);

    Mirror<SnapshotCreate, Snapshot> MirrorOf(SnapshotRow row, string? childVolumeId) => new(new SnapshotActuator(child, book, row.ProjectId, childVolumeId), log);
}
