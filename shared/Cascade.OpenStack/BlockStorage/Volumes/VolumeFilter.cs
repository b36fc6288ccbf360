using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Which volumes to list. See <see cref="Volumes.ListAsync"/> for what Cinder makes of it.</summary>
public sealed record VolumeFilter : ResourceFilter
{
    /// <summary>Carrying this metadata item; the administrators' metadata (<c>readonly</c>, <c>attached_mode</c>) counts too.</summary>
    public (string Key, string Value)? Metadata { get; init; }

    /// <summary>Changed at or after this time on the cloud's clock (3.60). Sent in whole seconds, cut down.</summary>
    public DateTimeOffset? UpdatedSince { get; init; }

    /// <summary>3.10.</summary>
    public string? GroupId { get; init; }

    public bool? Bootable { get; init; }

    /// <summary>The backend, or the pool of one, that has it; for administrators.</summary>
    public string? Host { get; init; }

    internal Microversion? Floor => UpdatedSince is not null ? new(3, 60) : GroupId is not null ? new(3, 10) : null;

    private protected override void Say(Query query) => query
        .Add("metadata", Python(Metadata))
        .Add("updated_at", UpdatedSince is { } since ? $"gte:{since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : null)
        .Add("group_id", GroupId)
        .Add("bootable", Bootable)
        .Add("host", Host);
}
