using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Types;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.OpenStack.BlockStorage;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>Makes the child's volume for one of the parent, or finds the one that is there.</summary>
internal sealed class VolumeMaker(ChildCloud child, CinderDatabase database, VolumeBook book, VolumeSources sources, VolumeHost host, CinderProxyOptions options, ILogger<VolumeMaker> log)
{
    /// <returns>The child's id, linked.</returns>
    /// <exception cref="RpcFault">It cannot be made here, whatever the child says.</exception>
    /// <exception cref="OpenStack.CloudFault">The child refuses.</exception>
    public async Task<string> MakeAsync(VolumeRow row, CinderRequestSpec? request, Turn turn)
    {
        if (row.EncryptionKeyId is not null)
        {
            // The key is in the parent's key manager, of which the child knows nothing: a volume that only looks encrypted would be worse than none.
            throw CinderFaults.VolumeBackendApi(
                $"volume {row.Id} has an encrypted type of the parent. Give the parent's type no encryption, and cascade:child_type = a type of the child that is encrypted");
        }

        VolumeSource? source = null;
        var link = new VolumeLink(row, database, book, options.Child.RegionName, work => source is null ? Task.CompletedTask : source.RecordAsync(work, row));
        var made = await MirrorOf(row).EnsureAsync(
            row.Id,
            link,
            async stop =>
            {
                source = await sources.OfAsync(row, request, turn);
                var specs = row.VolumeTypeId is { } type ? await database.ReadAsync(work => work.VolumeTypes.GetAsync(type), stop) : null;
                return VolumeMap.ToCreate(row, source.Child, ChildTypes.Of(specs?.ExtraSpecs, options.DefaultChildType), host);
            },
            turn.Cancelled);
        return made.Seen.Id;
    }

    /// <summary>Asks the child to delete whatever stands for it.</summary>
    /// <returns>What was asked to go; none when nothing is there any more.</returns>
    public Task<IReadOnlyList<string>> RemoveAsync(VolumeRow row, bool cascade, CancellationToken cancelled) =>
        MirrorOf(row, cascade).RemoveAsync(row.Id, row.ProviderId, cancelled);

    Mirror<VolumeCreate, Volume> MirrorOf(VolumeRow row, bool cascade = false) => new(new VolumeActuator(child, book, row.ProjectId, cascade), log);
}
