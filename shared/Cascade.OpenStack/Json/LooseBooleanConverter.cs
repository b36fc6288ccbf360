using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Json;

/// <summary>
/// A truth that may be written as a word: cinder/api/v3/views/volumes.py says <c>"bootable": str(…).lower()</c>, and a storage driver reports capabilities in
/// whatever it likes. What is neither is null.
/// </summary>
internal sealed class LooseBooleanConverter : JsonConverter<bool?>
{
    public override bool HandleNull => true;

    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String:
                return bool.TryParse(reader.GetString(), out var said) ? said : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is { } known)
        {
            writer.WriteBooleanValue(known);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
