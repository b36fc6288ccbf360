using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

internal sealed record VolumeBody([property: JsonRequired] Volume Volume);

internal sealed record VolumePage(List<Volume>? Volumes, List<PageLink>? VolumesLinks);

internal sealed record VolumeSummaryPage(List<ResourceSummary>? Volumes, List<PageLink>? VolumesLinks);

internal sealed record VolumeCreateBody(VolumeCreate Volume);

/// <summary>Which of the two volumes of a migration is kept.</summary>
internal sealed record MigrationCompletionAnswer([property: JsonRequired] string SaveVolumeId);

internal sealed record ImageUploadAnswer([property: JsonPropertyName("os-volume_upload_image")] [property: JsonRequired] UploadedImage Upload);
