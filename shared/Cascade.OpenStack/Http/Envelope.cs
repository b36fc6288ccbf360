using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cascade.OpenStack.Http;

/// <summary>
/// An object with one member that is named after the resource, as all of Neutron's bodies are (neutron/pecan_wsgi/hooks/body_validation.py):
/// <c>{"port": {…}}</c>, <c>{"ports": […], "ports_links": […]}</c>. Written and read without a record for each.
/// </summary>
internal static class Envelope
{
    public static HttpContent Of<T>(string name, T item, JsonTypeInfo<T> type) =>
        Content(name, writer => JsonSerializer.Serialize(writer, item, type));

    public static HttpContent OfAll<T>(string name, IEnumerable<T> items, JsonTypeInfo<T> type) => Content(name, writer =>
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            JsonSerializer.Serialize(writer, item, type);
        }

        writer.WriteEndArray();
    });

    /// <exception cref="JsonException">It has no such member, or the member is null.</exception>
    public static T Read<T>(ReadOnlySpan<byte> body, string name, JsonTypeInfo<T> type)
    {
        var reader = new Utf8JsonReader(body);
        return Find(ref reader, name) && JsonSerializer.Deserialize(ref reader, type) is { } item ? item : throw new JsonException($"no {name}");
    }

    /// <exception cref="JsonException">It has no such list.</exception>
    public static (List<T> Items, string? Next) ReadAll<T>(ReadOnlySpan<byte> body, string name, JsonTypeInfo<T> type)
    {
        var reader = new Utf8JsonReader(body);
        if (!Find(ref reader, name) || reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException($"no list of {name}");
        }

        var items = new List<T>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException($"an empty place in {name}"));
        }

        var rest = new Utf8JsonReader(body);
        var links = Find(ref rest, name + "_links") ? JsonSerializer.Deserialize(ref rest, EnvelopeJson.Default.ListPageLink) : null;
        return (items, Paging.Next(links));
    }

    private static ByteArrayContent Content(string name, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(name);
            write(writer);
            writer.WriteEndObject();
        }

        return new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    private static bool Find(ref Utf8JsonReader reader, string name)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("not an object");
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
