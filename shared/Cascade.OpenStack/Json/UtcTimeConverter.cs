using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Json;

/// <summary>OpenStack's times are UTC with or without a zone: nova writes <c>OS-SRV-USG:launched_at</c> as
/// <c>2026-11-22T18:00:00.000000</c> (nova/api/openstack/compute/views/servers.py: _add_server_usage by isoformat of a naive value).</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(
            reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new JsonException("not a time");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
