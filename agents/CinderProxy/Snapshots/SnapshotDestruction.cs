using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>The end of a snapshot's row: within a transaction, a volume's too that takes its snapshots with it.</summary>
internal sealed class SnapshotDestruction(CinderProxyOptions options)
{
    /// <param name="volumeTypeId">Of the volume: the quota of a snapshot is counted by its type.</param>
    /// <returns>False when it is gone already, and its quota with it; and what of a group ended with it.</returns>
    public async Task<(bool Gone, GroupEnd? Group)> DestroyAsync(CinderWork work, SnapshotRow row, string? volumeTypeId)
    {
        if (!await work.Snapshots.DestroyAsync(row.Id))
        {
            return (false, null);
        }

        await ErrorMark.ClearAsync(work, row.VolumeId, row.Id);
        var group = await GroupEnds.AfterSnapshotGoneAsync(work, row.GroupSnapshotId);
        if (row.UseQuota != false && row.ProjectId is { } project)
        {
            var type = volumeTypeId is null ? null : await work.VolumeTypes.GetAsync(volumeTypeId);
            await work.Quotas.FreeAsync(project, QuotaCharge.Snapshot(row.VolumeSize, type?.Name, withGigabytes: !options.NoSnapshotGbQuota));
        }

        return (true, group);
    }
}
