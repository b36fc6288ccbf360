using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>Body of <c>POST /servers/{id}/action</c>: one word, with what it needs.</summary>
[JsonConverter(typeof(ServerActionConverter))]
internal sealed record ServerAction(string Word)
{
    /// <summary>A text or a number as member of the word's object; without any the word's value is null.</summary>
    public (string Name, string? Text, int? Number)? Argument { get; init; }

    /// <summary>Sends an empty object instead of null where there is no argument.</summary>
    public bool EmptyObject { get; init; }
}

internal sealed class ServerActionConverter : JsonConverter<ServerAction>
{
    public override ServerAction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("actions are only sent");

    public override void Write(Utf8JsonWriter writer, ServerAction value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(value.Word);
        if (value.Argument is null && !value.EmptyObject)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStartObject();
            switch (value.Argument)
            {
                case { Text: { } text } said:
                    writer.WriteString(said.Name, text);
                    break;
                case { Number: { } number } said:
                    writer.WriteNumber(said.Name, number);
                    break;
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
