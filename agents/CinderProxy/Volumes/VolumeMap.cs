using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.OpenStack.BlockStorage;

namespace Cascade.CinderProxy.Volumes;

/// <summary>A volume of the parent in the words of the child (pure).</summary>
internal static class VolumeMap
{
    /// <param name="source">What it is filled from, in the child's ids.</param>
    /// <param name="childType">Null leaves it to the child.</param>
    public static VolumeCreate ToCreate(VolumeRow row, ChildSource source, string? childType, VolumeHost host) => new()
    {
        Size = row.Size,
        Name = row.DisplayName,
        Description = row.DisplayDescription,
        VolumeType = childType,
        // A clone and a volume from a snapshot are where their source is; to name a zone only gives the child something to refuse.
        AvailabilityZone = source is ChildSource.Blank or ChildSource.Image or ChildSource.Backup ? VolumeHost.PoolOf(row.Host) : null,
        SnapshotId = (source as ChildSource.Snapshot)?.Id,
        SourceVolid = (source as ChildSource.Volume)?.Id,
        ImageRef = (source as ChildSource.Image)?.Id,
        BackupId = (source as ChildSource.Backup)?.Id,
        Metadata = Stamp.Of(row.Id, host.Service),
    };
}

/// <summary>What a volume is filled from, in the child.</summary>
internal abstract record ChildSource
{
    private ChildSource()
    {
    }

    public sealed record Blank : ChildSource;

    public sealed record Snapshot(string Id) : ChildSource;

    public sealed record Volume(string Id) : ChildSource;

    public sealed record Image(string Id) : ChildSource;

    public sealed record Backup(string Id) : ChildSource;
}
