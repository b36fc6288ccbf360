using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Json;

/// <summary>
/// A number of a storage pool: a number, a text that is one, <c>infinite</c> (positive infinity) or <c>unknown</c> (null), as
/// cinder/scheduler/host_manager.py: PoolState.update_from_volume_capability takes them. Anything else is null: one odd driver must not hide all pools.
/// </summary>
internal sealed class CapacityConverter : JsonConverter<double?>
{
    public override bool HandleNull => true;

    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.GetDouble();
            case JsonTokenType.String:
                var text = reader.GetString();
                return text is "infinite" ? double.PositiveInfinity
                    : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options)
    {
        if (value is not { } known)
        {
            writer.WriteStringValue("unknown");
        }
        else if (double.IsPositiveInfinity(known))
        {
            writer.WriteStringValue("infinite");
        }
        else
        {
            writer.WriteNumberValue(known);
        }
    }
}
