using Cascade.CinderProxy.Parent.Database;

namespace Cascade.CinderProxy.Groups;

/// <summary>What has come to its end with the last of its members, to be told of when that is committed: the members told of themselves.</summary>
internal abstract record GroupEnd
{
    private GroupEnd()
    {
    }

    public sealed record OfGroup(GroupRow Row, string Suffix) : GroupEnd;

    public sealed record OfSnapshot(GroupSnapshotRow Row, string Suffix) : GroupEnd;
}
