namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of one of the metadata tables.</summary>
static class Pair
{
    internal static KeyValuePair<string, string?> Read(Row row) => new(row.Text("key"), row.TextOrNull("value"));

    /// <summary>Of a key that is there twice the last: nothing in the database forbids it.</summary>
    internal static IReadOnlyDictionary<string, string?> ToDictionary(this IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            map[key] = value;
        }

        return map;
    }
}
