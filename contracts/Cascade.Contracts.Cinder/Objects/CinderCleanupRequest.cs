using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>cinder/objects/cleanup_request.py: CleanupRequest. What is null does not narrow.</summary>
/// <param name="Raw">As it came: <see cref="VersionedObject.Has"/> tells a field that was not loaded from one that is null.</param>
public sealed record CinderCleanupRequest(VersionedObject Raw)
{
    public int? ServiceId { get; init; }

    public string? ClusterName { get; init; }

    public string? Host { get; init; }

    public string? Binary { get; init; }

    public bool? IsUp { get; init; }

    public bool? Disabled { get; init; }

    public string? ResourceId { get; init; }

    /// <summary><c>Volume</c> or <c>Snapshot</c>.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Only what was not touched since.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Null when it is none.</summary>
    public static CinderCleanupRequest? Read(VersionedObject? of)
    {
        if (of is null)
        {
            return null;
        }

        return new(of)
        {
            ServiceId = of.Whole("service_id"),
            ClusterName = of.Text("cluster_name"),
            Host = of.Text("host"),
            Binary = of.Text("binary"),
            IsUp = of.Flag("is_up"),
            Disabled = of.Flag("disabled"),
            ResourceId = of.Text("resource_id"),
            ResourceType = of.Text("resource_type"),
            Until = of.Time("until"),
        };
    }
}
