using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Wire.Objects;

/// <summary>
/// An oslo.versionedobjects primitive: name, version, data and the names of changed fields. Everything received is kept,
/// unknown members too; absent means "not loaded", null means "known to be none".
/// </summary>
[JsonConverter(typeof(VersionedObjectConverter))]
public sealed partial class VersionedObject
{
    readonly SortedSet<string> changes;

    public VersionedObject(ObjectDialect dialect, string name, string version, JsonObject? data = null, IEnumerable<string>? changes = null)
    {
        Dialect = dialect;
        Name = name;
        Version = version;
        Data = data ?? [];
        this.changes = new(changes ?? [], StringComparer.Ordinal);
    }

    public ObjectDialect Dialect { get; }

    public string Name { get; }

    /// <summary>The version the sender claims. What we make claims the oldest that every supported parent knows.</summary>
    public string Version { get; }

    public JsonObject Data { get; }

    public IReadOnlyCollection<string> Changes => changes;

    public bool Has(string field) => Data.ContainsKey(field);

    /// <summary>Sets a field and marks it changed.</summary>
    public VersionedObject Set(string field, JsonNode? value)
    {
        Data[field] = value;
        changes.Add(field);
        return this;
    }

    public string? Text(string field) => Data[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public long? Number(string field) =>
        Data[field] is not JsonValue value ? null
        : value.TryGetValue<long>(out var number) ? number
        // A value made here keeps its CLR type, and an int gives itself for no long.
        : value.TryGetValue<int>(out var small) ? small
        : value.TryGetValue<double>(out var real) ? (long)real
        : value.TryGetValue<bool>(out var flag) ? (flag ? 1 : 0)
        : null;

    /// <summary>A database integer may come as 0 or 1 where a flag is meant.</summary>
    public bool? Flag(string field) =>
        Data[field] is not JsonValue value ? null
        : value.TryGetValue<bool>(out var flag) ? flag
        : value.TryGetValue<long>(out var number) ? number != 0
        : value.TryGetValue<int>(out var small) ? small != 0
        : null;

    /// <summary>A nested object, null when absent, null or not an object of this dialect.</summary>
    public VersionedObject? Object(string field) => TryRead(Data[field], out var nested) ? nested : null;

    /// <summary>The members of a <c>…List</c> object, or of a plain JSON list of objects in <paramref name="field"/>.</summary>
    public IReadOnlyList<VersionedObject> Objects(string field = "objects")
    {
        if (Data[field] is not JsonArray items)
        {
            return [];
        }

        var objects = new List<VersionedObject>(items.Count);
        foreach (var item in items)
        {
            if (TryRead(item, out var nested))
            {
                objects.Add(nested);
            }
        }

        return objects;
    }

    /// <summary>The primitive, sharing no node with this object.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            [Dialect.NameKey] = Name,
            [Dialect.NamespaceKey] = Dialect.Namespace,
            [Dialect.VersionKey] = Version,
            [Dialect.DataKey] = Data.DeepClone(),
        };
        if (changes.Count > 0)
        {
            json[Dialect.ChangesKey] = new JsonArray([.. changes.Select(field => (JsonNode)field)]);
        }

        return json;
    }

    /// <summary>
    /// Reads a primitive of whichever dialect it is written in. The data stays shared with <paramref name="node"/>. What is odd about the rest (a version
    /// that is no text, changes that are none) is read as if it were missing: only a name and data make an object.
    /// </summary>
    public static bool TryRead(JsonNode? node, [NotNullWhen(true)] out VersionedObject? read)
    {
        read = null;
        if (node is not JsonObject json)
        {
            return false;
        }

        var prefix = json.ContainsKey(ObjectDialect.Nova.NameKey) ? ObjectDialect.Nova.Prefix : ObjectDialect.Cinder.Prefix;
        if (TextOf(json, prefix + ".name") is not { } name || json[prefix + ".data"] is not JsonObject data)
        {
            return false;
        }

        var changed = json[prefix + ".changes"] is JsonArray fields
            ? fields.OfType<JsonValue>().Where(field => field.GetValueKind() == JsonValueKind.String).Select(field => field.GetValue<string>())
            : [];
        read = new(new(prefix, TextOf(json, prefix + ".namespace") ?? ""), name, TextOf(json, prefix + ".version") ?? "1.0", data, changed);
        return true;
    }

    /// <inheritdoc cref="TryRead"/>
    /// <exception cref="JsonException">It is no versioned object.</exception>
    public static VersionedObject Read(JsonNode? node) =>
        TryRead(node, out var read) ? read : throw new JsonException("expected a versioned object with the members .name and .data");

    static string? TextOf(JsonObject json, string key) => json[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public override string ToString() => $"{Name} {Version} {Text("uuid") ?? Text("id")}";
}

/// <summary>Public because a contract's generated reader names it.</summary>
public sealed class VersionedObjectConverter : JsonConverter<VersionedObject>
{
    public override VersionedObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        // Through an element: nodes refuse a key that stands twice, Python takes the last one.
        VersionedObject.Read(TolerantJson.ToNode(JsonElement.ParseValue(ref reader)));

    public override void Write(Utf8JsonWriter writer, VersionedObject value, JsonSerializerOptions options) => value.ToJson().WriteTo(writer);
}
