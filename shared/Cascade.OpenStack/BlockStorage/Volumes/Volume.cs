using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>A volume as Cinder shows it (cinder/api/v2/views/volumes.py and v3/views/volumes.py: ViewBuilder.detail).</summary>
public sealed record Volume
{
    public required string Id { get; init; }

    /// <summary><c>creating</c>, <c>available</c>, <c>reserved</c>, <c>attaching</c>, <c>in-use</c>, <c>detaching</c>, <c>error</c> …</summary>
    [AllowNull]
    public string Status { get => field ?? "unknown"; init; }

    /// <summary>GiB.</summary>
    public int? Size { get; init; }

    public string? Name { get; init; }

    public string? AvailabilityZone { get; init; }

    public bool? Multiattach { get; init; }

    /// <summary>A name, or an id where it has none; a name always from 3.63 on.</summary>
    public string? VolumeType { get; init; }

    /// <summary>3.63.</summary>
    public string? VolumeTypeId { get; init; }

    public string? SnapshotId { get; init; }

    /// <summary>Only for administrators; <c>migrating</c> while Cinder moves it.</summary>
    public string? MigrationStatus { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    [AllowNull]
    public IReadOnlyDictionary<string, string> Metadata { get => field ?? Empty; init; }

    /// <summary>Those that are complete; a reserved or attaching one is not shown here.</summary>
    [AllowNull]
    public IReadOnlyList<AttachedServer> Attachments { get => field ?? []; init; }

    /// <summary>What its backend calls it; for administrators, from 3.21 on.</summary>
    public string? ProviderId { get; init; }

    /// <summary>For administrators.</summary>
    [JsonPropertyName("os-vol-host-attr:host")]
    public string? Host { get; init; }

    [JsonPropertyName("os-vol-tenant-attr:tenant_id")]
    public string? TenantId { get; init; }

    private static readonly Dictionary<string, string> Empty = [];
}

/// <summary>A server that has the volume.</summary>
public sealed record AttachedServer(string? ServerId, string? AttachmentId, string? Device);
