using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Body of <c>POST /volumes/{id}/action</c>: exactly one of these.</summary>
internal sealed record VolumeAction
{
    [JsonPropertyName("os-roll_detaching")]
    public NoArguments? RollDetaching { get; init; }

    [JsonPropertyName("os-unreserve")]
    public NoArguments? Unreserve { get; init; }

    [JsonPropertyName("os-migrate_volume_completion")]
    public MigrationCompletion? MigrationCompletion { get; init; }
}

internal sealed record NoArguments;

internal sealed record MigrationCompletion(string NewVolume, bool Error);
