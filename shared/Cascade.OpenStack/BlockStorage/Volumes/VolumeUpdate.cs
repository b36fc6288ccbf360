using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What to change of a volume, one at least (cinder/api/schemas/volumes.py: update_v353). What is not set stays as it is.</summary>
public sealed record VolumeUpdate
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable Description { get; init; }

    /// <summary>In place of all there is.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

internal sealed record VolumeUpdateBody(VolumeUpdate Volume);
