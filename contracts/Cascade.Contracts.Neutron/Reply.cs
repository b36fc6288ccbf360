using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Neutron;

/// <summary>Reads answers; what is odd inside a list is left out.</summary>
static class Reply
{
    public static JsonObject? Dictionary(JsonElement result) => TolerantJson.ToNode(result) as JsonObject;

    public static IReadOnlyList<T> List<T>(JsonElement result, Func<JsonObject?, T?> read)
        where T : class => [.. Items(result).Select(item => read(item as JsonObject)).OfType<T>()];

    public static IReadOnlyDictionary<string, IReadOnlyList<T>> Lists<T>(JsonElement result, Func<JsonObject?, T?> read)
        where T : class
    {
        var lists = new Dictionary<string, IReadOnlyList<T>>(StringComparer.Ordinal);
        if (result.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in result.EnumerateObject())
            {
                lists[member.Name] = List(member.Value, read);
            }
        }

        return lists;
    }

    public static IReadOnlyList<string> Texts(JsonElement result) =>
        [.. Items(result).OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var text) ? text : null).OfType<string>()];

    public static VersionedObject? Object(JsonElement result) => VersionedObject.TryRead(TolerantJson.ToNode(result), out var read) ? read : null;

    public static IReadOnlyList<VersionedObject> Objects(JsonElement result) =>
        [.. Items(result).Select(item => VersionedObject.TryRead(item, out var read) ? read : null).OfType<VersionedObject>()];

    static JsonArray Items(JsonElement result) => TolerantJson.ToNode(result) as JsonArray ?? [];
}
