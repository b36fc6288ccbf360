using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.States;
using Cascade.Mirror;
using Cascade.OpenStack;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Backups;

/// <summary>Makes the child's backup for one of the parent, or finds the one that is there.</summary>
internal sealed class BackupMaker(ChildCloud child, CinderDatabase database, BackupBook book, VolumeHost host, ILogger<BackupMaker> log)
{
    /// <returns>The child's id, linked.</returns>
    /// <exception cref="RpcFault">What it adds to is not there to be added to.</exception>
    /// <exception cref="CloudFault">The child refuses.</exception>
    public async Task<string> MakeAsync(BackupSource source, CancellationToken cancelled)
    {
        var made = await MirrorOf(source.Row, source.Volume?.ProviderId).EnsureAsync(
            source.Row.Id,
            new BackupRowLink(source.Row, database, book, host.Service),
            async stop =>
            {
                await RequireParentAsync(source, stop);
                return BackupMap.ToCreate(source, host);
            },
            cancelled);
        return made.Seen.Id;
    }

    /// <summary>Asks the child to delete whatever stands for it.</summary>
    /// <param name="childVolumeId">Of the volume that it is of; null when nobody knows it any more.</param>
    /// <returns>What was asked to go; none when nothing is there any more.</returns>
    public Task<IReadOnlyList<string>> RemoveAsync(BackupRow row, string? childVolumeId, CancellationToken cancelled) =>
        MirrorOf(row, childVolumeId).RemoveAsync(row.Id, BackupLink.In(row, host.Service), cancelled);

    /// <summary>The child would add to another one of the volume's without a word, and the tenant's chain would be another than he sees.</summary>
    async Task RequireParentAsync(BackupSource source, CancellationToken cancelled)
    {
        if (source.Parent is { } parent && BackupLink.In(parent, host.Service) is { } childParent
            && (await child.Backups.FindAsync(Scope.Own, childParent, cancelled))?.Status is var status and not BackupStatus.Available)
        {
            throw CinderFaults.InvalidBackup($"backup {parent.Id}, which it adds to, is {status ?? "gone"} in the child");
        }
    }

    Mirror<BackupCreate, Backup> MirrorOf(BackupRow row, string? childVolumeId) => new(new BackupActuator(child, book, row.ProjectId, childVolumeId), log);
}
