namespace Cascade.OpenStack.BlockStorage;

/// <summary>What a volume, a snapshot and a backup alike say of themselves.</summary>
public interface IResource
{
    string Id { get; }

    string? Status { get; }

    string? Name { get; }

    /// <summary>Of whom it is.</summary>
    string? ProjectId { get; }

    /// <summary>Who made it.</summary>
    string? UserId { get; }

    DateTimeOffset? CreatedAt { get; }

    /// <summary>Null until the first change after the create.</summary>
    DateTimeOffset? UpdatedAt { get; }

    IReadOnlyDictionary<string, string> Metadata { get; }
}
