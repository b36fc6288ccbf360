using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Json;

/// <summary>A number that some versions write as text, empty for zero (nova/api/openstack/compute/views/flavors.py: <c>"swap": flavor["swap"] or ""</c>).</summary>
internal sealed class SwapConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetInt32(),
        JsonTokenType.String => int.TryParse(reader.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0,
        _ => 0,
    };

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
