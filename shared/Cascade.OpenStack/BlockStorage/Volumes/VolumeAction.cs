using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Body of <c>POST /volumes/{id}/action</c>: exactly one of these (cinder/api/schemas/volume_actions.py, admin_actions.py, volume_image_metadata.py).
/// </summary>
internal sealed record VolumeAction
{
    [JsonPropertyName("os-roll_detaching")]
    public NoArguments? RollDetaching { get; init; }

    [JsonPropertyName("os-unreserve")]
    public NoArguments? Unreserve { get; init; }

    [JsonPropertyName("os-migrate_volume_completion")]
    public MigrationCompletion? MigrationCompletion { get; init; }

    [JsonPropertyName("os-extend")]
    public GrowthTo? Extend { get; init; }

    [JsonPropertyName("os-retype")]
    public Retype? Retype { get; init; }

    [JsonPropertyName("revert")]
    public Revert? Revert { get; init; }

    [JsonPropertyName("os-reimage")]
    public Reimage? Reimage { get; init; }

    [JsonPropertyName("os-volume_upload_image")]
    public ImageUpload? UploadImage { get; init; }

    [JsonPropertyName("os-set_bootable")]
    public BootableFlag? SetBootable { get; init; }

    [JsonPropertyName("os-update_readonly_flag")]
    public ReadonlyFlag? UpdateReadonlyFlag { get; init; }

    [JsonPropertyName("os-set_image_metadata")]
    public MetadataBody? SetImageMetadata { get; init; }

    [JsonPropertyName("os-unset_image_metadata")]
    public MetadataKey? UnsetImageMetadata { get; init; }

    [JsonPropertyName("os-reset_status")]
    public VolumeStatusReset? ResetStatus { get; init; }

    [JsonPropertyName("os-force_detach")]
    public ForcedDetach? ForceDetach { get; init; }

    [JsonPropertyName("os-force_delete")]
    public NoArguments? ForceDelete { get; init; }
}

internal sealed record MigrationCompletion(string NewVolume, bool Error);

internal sealed record GrowthTo(int NewSize);

internal sealed record Retype(string NewType, string? MigrationPolicy);

internal sealed record Revert(string SnapshotId);

internal sealed record Reimage(string ImageId, bool? ReimageReserved);

internal sealed record BootableFlag(bool Bootable);

internal sealed record ReadonlyFlag(bool Readonly);

internal sealed record MetadataKey(string Key);

internal sealed record ForcedDetach(string? AttachmentId, JsonObject? Connector);
