using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Which backups to list. Not by metadata: cinder/api/contrib/backups.py hands the text on as it came, and the database wants a dictionary
/// (cinder/db/api.py: _process_backups_filters), so such a list is an error.
/// </summary>
public sealed record BackupFilter : ResourceFilter
{
    public string? VolumeId { get; init; }

    private protected override void Say(Query query) => query.Add("volume_id", VolumeId);
}
