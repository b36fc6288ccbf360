using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>Something of the child's that the parent may take over (cinder/objects/manageableresources.py: ManageableVolume, ManageableSnapshot).</summary>
/// <param name="Reference">Its name in a later manage: <c>source-id</c>, <c>source-name</c>.</param>
/// <param name="Size">GiB.</param>
public sealed record ManageableResource(IReadOnlyDictionary<string, string?> Reference, int Size)
{
    /// <summary>Null lets it be managed.</summary>
    public string? ReasonNotSafe { get; init; }

    /// <summary>The parent's id of what is managed already.</summary>
    public string? CinderId { get; init; }

    /// <summary>For the administrator who reads the list; shown with <c>detail</c>.</summary>
    public IReadOnlyDictionary<string, string?>? ExtraInfo { get; init; }

    /// <summary>Of a snapshot: the name of the volume that it was made of.</summary>
    public IReadOnlyDictionary<string, string?> SourceReference { get; init; } = new Dictionary<string, string?>();

    /// <summary>The answer to get_manageable_volumes: a JSON list, no list object.</summary>
    public static JsonArray Volumes(IEnumerable<ManageableResource> volumes) =>
        new([.. volumes.Select(volume => CinderObjects.New(CinderObjects.ManageableVolume, volume.Data()).ToJson())]);

    /// <summary>The answer to get_manageable_snapshots: a JSON list, no list object.</summary>
    /// <param name="snapshots">Each with its <see cref="SourceReference"/>.</param>
    public static JsonArray Snapshots(IEnumerable<ManageableResource> snapshots) => new([.. snapshots.Select(snapshot =>
    {
        var data = snapshot.Data();
        data["source_reference"] = Texts(snapshot.SourceReference);
        return CinderObjects.New(CinderObjects.ManageableSnapshot, data).ToJson();
    })]);

    JsonObject Data() => new()
    {
        ["reference"] = Texts(Reference),
        ["size"] = Size,
        ["safe_to_manage"] = ReasonNotSafe is null,
        ["reason_not_safe"] = ReasonNotSafe,
        ["cinder_id"] = CinderId,
        ["extra_info"] = ExtraInfo is null ? null : Texts(ExtraInfo),
    };

    static JsonObject Texts(IReadOnlyDictionary<string, string?> of) => new(of.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
