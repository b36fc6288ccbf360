using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>What to take (cinder/api/schemas/snapshots.py: create).</summary>
public sealed record SnapshotCreate
{
    public required string VolumeId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>
/// <c>force</c> allows a volume in use. From 3.66 on that is so anyway: true is taken without a word and false is 400 (cinder/api/v3/snapshots.py: create), so
/// it is always said and always true.
/// </summary>
internal sealed record SnapshotCreateBody(SnapshotWanted Snapshot);

internal sealed record SnapshotWanted(string VolumeId, string? Name, string? Description, IReadOnlyDictionary<string, string>? Metadata, bool Force);

/// <summary>What to change of a snapshot, one at least. What is not set stays as it is.</summary>
public sealed record SnapshotUpdate
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable Description { get; init; }
}

internal sealed record SnapshotUpdateBody(SnapshotUpdate Snapshot);

/// <summary>Body of <c>POST /snapshots/{id}/action</c>: exactly one of these (cinder/api/contrib/admin_actions.py: SnapshotAdminController).</summary>
internal sealed record SnapshotAction
{
    [JsonPropertyName("os-reset_status")]
    public StatusReset? ResetStatus { get; init; }

    [JsonPropertyName("os-force_delete")]
    public NoArguments? ForceDelete { get; init; }
}
