using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Which snapshots to list. There is no filter of times: cinder/api/v3/snapshots.py parses none, and <c>updated_at</c> would be compared for equality
/// (cinder/db/api.py: _process_snaps_filters). What changed is found by reading them sorted by <c>updated_at:desc</c> and stopping.
/// </summary>
public sealed record SnapshotFilter : ResourceFilter
{
    public string? VolumeId { get; init; }

    /// <summary>Carrying this metadata item (3.22).</summary>
    public (string Key, string Value)? Metadata { get; init; }

    internal Microversion? Floor => Metadata is not null ? new(3, 22) : null;

    private protected override void Say(Query query) => query.Add("volume_id", VolumeId).Add("metadata", Python(Metadata));
}
