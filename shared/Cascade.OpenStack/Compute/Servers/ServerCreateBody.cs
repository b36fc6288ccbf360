using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

internal sealed record ServerCreateBody(ServerCreate Server)
{
    [JsonPropertyName("os:scheduler_hints")]
    public IReadOnlyDictionary<string, SchedulerHint>? Hints { get; init; }
}

/// <summary>The value of a hint: one text, or several.</summary>
[JsonConverter(typeof(SchedulerHintConverter))]
public sealed record SchedulerHint(IReadOnlyList<string> Values, bool IsList)
{
    public static implicit operator SchedulerHint(string value) => FromString(value);

    public static implicit operator SchedulerHint(string[] values) => new(values, true);

    public static SchedulerHint FromString(string value) => new([value], false);
}

internal sealed class SchedulerHintConverter : JsonConverter<SchedulerHint>
{
    public override SchedulerHint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("hints are only sent");

    public override void Write(Utf8JsonWriter writer, SchedulerHint value, JsonSerializerOptions options)
    {
        if (!value.IsList)
        {
            writer.WriteStringValue(value.Values[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in value.Values)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }
}
