using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.States;

namespace Cascade.CinderProxy.Groups;

/// <summary>
/// How a group or a group snapshot ends when its members do, asked in the very transaction in which a member ended: there is no moment at which the last one is through
/// and nobody is left to say so. What is answered has ended well by this very member.
/// </summary>
internal static class GroupEnds
{
    /// <summary>
    /// One member ends at a time: of two that do so at once neither would see the other's end, which is not committed, and nobody were the last. The first statement of the
    /// transaction, for what a REPEATABLE READ of MySQL sees is settled by its first look that does not lock.
    /// </summary>
    /// <param name="groupId">Null for a volume without one.</param>
    public static Task HoldAsync(CinderWork work, string? groupId) => groupId is null ? Task.CompletedTask : work.Groups.LockAsync(groupId);

    /// <inheritdoc cref="HoldAsync"/>
    /// <param name="groupSnapshotId">Null for a snapshot without one.</param>
    public static Task HoldSnapshotAsync(CinderWork work, string? groupSnapshotId) =>
        groupSnapshotId is null ? Task.CompletedTask : work.GroupSnapshots.LockAsync(groupSnapshotId);

    /// <summary>A member was made, or went wrong: a group that was made of another one is available with all of its volumes, or an error.</summary>
    public static async Task<GroupEnd?> AfterVolumeAsync(CinderWork work, string? groupId)
    {
        if (groupId is null || await work.Groups.GetAsync(groupId) is not { Status: GroupStatus.Creating } group)
        {
            return null;
        }

        var members = await work.Volumes.OfGroupAsync(group.Id);
        if (members.Any(one => one.Status == VolumeStatus.Error))
        {
            await work.Groups.StatusAsync(group.Id, GroupStatus.Error);
            return null;
        }

        return members.All(one => one.Status == VolumeStatus.Available) ? await MadeAsync(work, group.Id) : null;
    }

    /// <summary>A group without members to wait for, or with the last of them.</summary>
    public static async Task<GroupEnd?> MadeAsync(CinderWork work, string groupId) =>
        await work.Groups.CreatedAsync(groupId) && await work.Groups.GetAsync(groupId) is { } made ? new GroupEnd.OfGroup(made, "create.end") : null;

    /// <summary>A member is gone: a group that is to go goes with the last one, and its quota with it.</summary>
    public static async Task<GroupEnd?> AfterVolumeGoneAsync(CinderWork work, string? groupId)
    {
        if (groupId is null || await work.Groups.GetAsync(groupId) is not { Status: GroupStatus.Deleting } group || (await work.Volumes.OfGroupAsync(group.Id)).Count > 0)
        {
            return null;
        }

        if (!await work.Groups.DestroyAsync(group.Id))
        {
            return null;
        }

        await work.Quotas.FreeAsync(group.ProjectId, QuotaCharge.Group());
        return new GroupEnd.OfGroup(group, "delete.end");
    }

    /// <summary>A member is not gone and nobody waits for that any more: a group that was to go is an error, whatever the member is again (cinder/volume/manager.py: delete_group).</summary>
    public static async Task AfterVolumeKeptAsync(CinderWork work, string? groupId)
    {
        if (groupId is not null && await work.Groups.GetAsync(groupId) is { Status: GroupStatus.Deleting })
        {
            await work.Groups.StatusAsync(groupId, GroupStatus.Error);
        }
    }

    /// <summary>A member was made, or went wrong.</summary>
    public static async Task<GroupEnd?> AfterSnapshotAsync(CinderWork work, string? groupSnapshotId)
    {
        if (groupSnapshotId is null || await work.GroupSnapshots.GetAsync(groupSnapshotId) is not { Status: GroupSnapshotStatus.Creating } snapshot)
        {
            return null;
        }

        var members = await work.Snapshots.OfGroupSnapshotAsync(groupSnapshotId);
        if (members.Any(one => one.Status == SnapshotStatus.Error))
        {
            await work.GroupSnapshots.StatusAsync(groupSnapshotId, GroupSnapshotStatus.Error);
            return null;
        }

        return members.All(one => one.Status == SnapshotStatus.Available) && await work.GroupSnapshots.StatusAsync(groupSnapshotId, GroupSnapshotStatus.Available)
            ? new GroupEnd.OfSnapshot(snapshot with { Status = GroupSnapshotStatus.Available }, "create.end")
            : null;
    }

    /// <summary>A member is not gone and nobody waits for that any more (cinder/volume/manager.py: delete_group_snapshot).</summary>
    public static async Task AfterSnapshotKeptAsync(CinderWork work, string? groupSnapshotId)
    {
        if (groupSnapshotId is not null && await work.GroupSnapshots.GetAsync(groupSnapshotId) is { Status: GroupSnapshotStatus.Deleting })
        {
            await work.GroupSnapshots.StatusAsync(groupSnapshotId, GroupSnapshotStatus.Error);
        }
    }

    /// <summary>A member is gone.</summary>
    public static async Task<GroupEnd?> AfterSnapshotGoneAsync(CinderWork work, string? groupSnapshotId) =>
        groupSnapshotId is not null
        && await work.GroupSnapshots.GetAsync(groupSnapshotId) is { Status: GroupSnapshotStatus.Deleting } snapshot
        && (await work.Snapshots.OfGroupSnapshotAsync(groupSnapshotId)).Count == 0
        && await work.GroupSnapshots.DestroyAsync(groupSnapshotId)
            ? new GroupEnd.OfSnapshot(snapshot with { Status = GroupSnapshotStatus.Deleted }, "delete.end")
            : null;
}
