using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Json;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// A volume as Cinder shows it (cinder/api/v3/views/volumes.py: ViewBuilder.detail, cinder/api/contrib/volume_image_metadata.py). It says nothing of why it
/// is in <c>error</c>: ask <see cref="Messages"/>. Whether it is read-only is not among it but as <c>readonly</c> in <see cref="Metadata"/>, once somebody has said.
/// </summary>
public sealed record Volume : IResource
{
    public required string Id { get; init; }

    /// <summary><c>creating</c>, <c>available</c>, <c>reserved</c>, <c>attaching</c>, <c>in-use</c>, <c>detaching</c>, <c>error</c> …</summary>
    [AllowNull]
    public string Status { get => field ?? "unknown"; init; }

    /// <summary>GiB.</summary>
    public int? Size { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? AvailabilityZone { get; init; }

    public bool? Multiattach { get; init; }

    /// <summary>Written as a word.</summary>
    [JsonConverter(typeof(LooseBooleanConverter))]
    public bool? Bootable { get; init; }

    public bool? Encrypted { get; init; }

    /// <summary>3.64; only of an encrypted one.</summary>
    public string? EncryptionKeyId { get; init; }

    /// <summary>A name, or an id where it has none; a name always from 3.63 on.</summary>
    public string? VolumeType { get; init; }

    /// <summary>3.63.</summary>
    public string? VolumeTypeId { get; init; }

    public string? SnapshotId { get; init; }

    /// <summary>The volume that it was cloned from.</summary>
    public string? SourceVolid { get; init; }

    /// <summary>3.13.</summary>
    public string? GroupId { get; init; }

    public string? ReplicationStatus { get; init; }

    /// <summary>Only for administrators; <c>migrating</c> while Cinder moves it.</summary>
    public string? MigrationStatus { get; init; }

    public string? UserId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null until the first change after the create, which is the scheduler's.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>3.65; false of Cinder's own temporary ones.</summary>
    public bool? ConsumesQuota { get; init; }

    [AllowNull]
    public IReadOnlyDictionary<string, string> Metadata { get => field ?? Empty; init; }

    /// <summary>What is known of the image in it, <c>image_id</c> among it; null where there is nothing, or policy hides it.</summary>
    public IReadOnlyDictionary<string, string>? VolumeImageMetadata { get; init; }

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

    string? IResource.ProjectId => TenantId;

    private static readonly Dictionary<string, string> Empty = [];
}

/// <summary>A server that has the volume.</summary>
public sealed record AttachedServer(string? ServerId, string? AttachmentId, string? Device);
