using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Which group snapshots to list (3.29; below, all of the project come).</summary>
public sealed record GroupSnapshotFilter : ResourceFilter
{
    public string? GroupId { get; init; }

    private protected override void Say(Query query) => query.Add("group_id", GroupId);
}
