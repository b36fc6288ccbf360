using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>Reads fields that may be missing, null or of another kind than expected: all of that is null.</summary>
static class Fields
{
    const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static int? Whole(this VersionedObject of, string field) =>
        of.Number(field) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>UTC, of whole seconds.</summary>
    public static DateTimeOffset? Time(this VersionedObject of, string field) =>
        DateTimeOffset.TryParse(of.Text(field), CultureInfo.InvariantCulture, Utc, out var time) ? time : null;

    /// <summary>A dictionary of texts. What is no text inside is left out, a null is kept.</summary>
    public static IReadOnlyDictionary<string, string?>? Texts(this VersionedObject of, string field)
    {
        if (of.Data[field] is not JsonObject members)
        {
            return null;
        }

        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            if (value is null)
            {
                texts[key] = null;
            }
            else if (value is JsonValue single && single.TryGetValue<string>(out var text))
            {
                texts[key] = text;
            }
        }

        return texts;
    }

    /// <summary>A list of texts.</summary>
    public static IReadOnlyList<string>? List(this VersionedObject of, string field) =>
        of.Data[field] is JsonArray items
            ? [.. items.OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var text) ? text : null).OfType<string>()]
            : null;

    public static JsonObject? Dictionary(this VersionedObject of, string field) => of.Data[field] as JsonObject;

    /// <summary>What a list object holds, null when the list is not there.</summary>
    public static IReadOnlyList<T>? Each<T>(this VersionedObject of, string field, Func<VersionedObject?, T?> read)
        where T : class => of.Object(field)?.Objects().Select(read).OfType<T>().ToList();
}
