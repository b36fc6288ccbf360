namespace Cascade.OpenStack.BlockStorage;

/// <summary>All that some answers say: <c>summary</c> of the view builders of volumes, backups, groups and group snapshots (cinder/api/views).</summary>
public sealed record ResourceSummary(string Id, string? Name);
