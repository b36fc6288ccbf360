namespace Cascade.CinderProxy.Parent.Database;

/// <summary>What a row of a volume, of a snapshot and of a backup alike say.</summary>
internal interface IResourceRow
{
    string Id { get; }

    string? DisplayName { get; }

    string Status { get; }
}
