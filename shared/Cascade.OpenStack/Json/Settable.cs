using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack;

/// <summary>
/// A member of an update that may be set to nothing. The default leaves it as it is and is not sent; a value, or null, is sent. A text
/// converts by itself, a null text too, so write <c>default(Settable)</c> where nothing is to be said.
/// </summary>
[JsonConverter(typeof(SettableConverter))]
public readonly record struct Settable
{
    private Settable(string? value) => (Value, IsSet) = (value, true);

    /// <summary>Sends null: takes away what is there.</summary>
    public static Settable Null { get; } = new(null);

    public string? Value { get; }

    /// <summary>Whether anything is sent.</summary>
    public bool IsSet { get; }

    public static implicit operator Settable(string? value) => new(value);

    public static Settable FromString(string? value) => new(value);

    public override string ToString() => IsSet ? Value ?? "null" : "";
}

internal sealed class SettableConverter : JsonConverter<Settable>
{
    public override bool HandleNull => true;

    public override Settable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, Settable value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
