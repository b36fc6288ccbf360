using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Metadata of volumes and snapshots, and of the image in a volume.</summary>
internal sealed record MetadataBody([property: JsonRequired] IReadOnlyDictionary<string, string> Metadata);
