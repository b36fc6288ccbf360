using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>Reads members of a dictionary that may be missing, null or of another kind than expected: all of that is null.</summary>
static class Members
{
    const string Data = "versioned_object.data";

    /// <summary>The fields of a versioned object, or the dictionary itself when it is none; null when it is no dictionary.</summary>
    public static JsonObject? Fields(this JsonNode? node) => node is not JsonObject json ? null : json[Data] as JsonObject ?? (json.ContainsKey(Data) ? null : json);

    public static string? Text(this JsonObject fields, string name) => fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static int? Number(this JsonObject fields, string name) =>
        fields[name] is not JsonValue value ? null
        : value.TryGetValue<int>(out var number) ? number
        : value.TryGetValue<long>(out var wide) && wide is >= int.MinValue and <= int.MaxValue ? (int)wide
        : null;

    public static bool? Flag(this JsonObject fields, string name) =>
        fields[name] is not JsonValue value ? null
        : value.TryGetValue<bool>(out var flag) ? flag
        : value.TryGetValue<int>(out var number) ? number != 0
        : null;

    public static JsonObject? Dictionary(this JsonObject fields, string name) => fields[name] switch
    {
        JsonObject json => json,
        // binding:profile and vif_details are JSON within a text in a versioned object (neutron/objects/ports.py: PortBindingBase).
        JsonValue value when value.TryGetValue<string>(out var text) => Parsed(text),
        _ => null,
    };

    public static IReadOnlyList<string> Texts(this JsonObject fields, string name) =>
        fields[name] is JsonArray items ? [.. items.OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var text) ? text : null).OfType<string>()] : [];

    /// <summary>Every dictionary or versioned object of a list.</summary>
    public static IEnumerable<JsonObject> Each(this JsonObject fields, string name) => (fields[name] as JsonArray).Each();

    public static IEnumerable<JsonObject> Each(this JsonArray? items) => items is null ? [] : items.Select(Fields).OfType<JsonObject>();

    static JsonObject? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
