using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Objects;

namespace Cascade.CinderProxy.Volumes.Manage;

/// <summary>One page of a list, as cinder cuts it (cinder/volume/volume_utils.py: paginate_entries_list): sorted by size or reference, from a marker on (pure).</summary>
internal static class Page
{
    /// <param name="marker">The reference after which it begins, as JSON text; one that is not there begins at the start.</param>
    public static IEnumerable<ManageableResource> Of(
        IEnumerable<ManageableResource> all, string? marker, int? limit, int? offset, IReadOnlyList<string>? keys, IReadOnlyList<string>? directions)
    {
        var sorted = all.Order(Comparer<ManageableResource>.Create((_, _) => 0));
        foreach (var (at, key) in (keys ?? ["reference"]).Index())
        {
            var descending = directions is not null && at < directions.Count && directions[at] == "desc";
            sorted = key == "size"
                ? (descending ? sorted.ThenByDescending(one => one.Size) : sorted.ThenBy(one => one.Size))
                : descending ? sorted.ThenByDescending(NameOf, StringComparer.Ordinal) : sorted.ThenBy(NameOf, StringComparer.Ordinal);
        }

        var from = sorted.ThenBy(IdOf, StringComparer.Ordinal).ToList();
        var after = marker is null ? -1 : from.FindIndex(one => IsMarked(one, marker));
        return from.Skip(after + 1).Skip(offset ?? 0).Take(limit ?? int.MaxValue);
    }

    static string IdOf(ManageableResource one) => one.Reference[ManageReference.IdKey] ?? "";

    static string NameOf(ManageableResource one) => one.Reference[ManageReference.NameKey] ?? "";

    static bool IsMarked(ManageableResource one, string marker)
    {
        try
        {
            var reference = ManageReference.Of(JsonNode.Parse(marker.Replace('\'', '"')));
            return reference.Id is { } id ? id == IdOf(one) : reference.Name == NameOf(one);
        }
        catch (System.Text.Json.JsonException)
        {
            return marker == IdOf(one) || marker == NameOf(one);
        }
    }
}
