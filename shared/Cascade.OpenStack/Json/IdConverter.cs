using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Json;

/// <summary>A reference that is an object with an id, or an empty string for none (a server's <c>image</c> when it boots from a volume).</summary>
internal sealed class IdConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var read = JsonDocument.ParseValue(ref reader);
        return read.RootElement.ValueKind switch
        {
            JsonValueKind.Object => read.RootElement.TryGetProperty("id", out var id) ? id.GetString() : null,
            JsonValueKind.String when read.RootElement.GetString() is { Length: > 0 } text => text,
            _ => null,
        };
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
