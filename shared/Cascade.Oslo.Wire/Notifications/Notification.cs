using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Wire.Notifications;

/// <summary>One notification (oslo_messaging/notify/notifier.py: Notifier._notify).</summary>
/// <param name="PublisherId"><c>compute.host1</c>; versioned ones of nova <c>nova-compute:host1</c>.</param>
/// <param name="EventType">For instance <c>compute.instance.create.end</c>.</param>
/// <param name="Priority">In any case; upper case in the body, lower case in the queue's name.</param>
/// <param name="Payload">The payload, of any shape.</param>
/// <param name="Timestamp">When; written in UTC.</param>
/// <param name="MessageId">A UUID with dashes.</param>
/// <param name="Context">The context; its token is never sent.</param>
public sealed record Notification(
    string PublisherId,
    string EventType,
    string Priority,
    JsonNode? Payload,
    DateTimeOffset Timestamp,
    string MessageId,
    RpcContext? Context = null)
{
    // str(datetime.datetime.utcnow())
    const string Instant = "yyyy-MM-dd HH:mm:ss.ffffff";

    /// <summary>The body for the driver <c>messagingv2</c>.</summary>
    public byte[] WriteEnveloped() => OsloEnvelope.Wrap(WritePlain());

    /// <summary>The body for the driver <c>messaging</c>: no envelope.</summary>
    public byte[] WritePlain() => WireJson.Plain(this, static (writer, sent) =>
    {
        writer.WriteStartObject();
        writer.WriteString("message_id"u8, sent.MessageId);
        writer.WriteString("publisher_id"u8, sent.PublisherId);
        writer.WriteString("event_type"u8, sent.EventType);
        writer.WriteString("priority"u8, sent.Priority.ToUpperInvariant());
        writer.WritePropertyName("payload"u8);
        if (sent.Payload is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            sent.Payload.WriteTo(writer);
        }

        writer.WriteString("timestamp"u8, sent.Timestamp.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture));
        writer.WriteString("_unique_id"u8, OsloId.New());
        sent.Context?.WithoutToken().WriteTo(writer);
        writer.WriteEndObject();
    }).WrittenSpan.ToArray();

    /// <summary>Reads either kind. A time that cannot be read is <see cref="DateTimeOffset.MinValue"/>.</summary>
    /// <exception cref="MalformedMessageException">No notification.</exception>
    public static Notification Read(ReadOnlySpan<byte> body)
    {
        var message = TolerantJson.Parse(OsloEnvelope.Unwrap(body));
        if (message.ValueKind != JsonValueKind.Object || Text(message, "event_type") is not { } eventType)
        {
            throw new MalformedMessageException("the notification names no event_type");
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return new(
            Text(message, "publisher_id") ?? "",
            eventType,
            Text(message, "priority") ?? "",
            message.TryGetProperty("payload", out var payload) ? TolerantJson.ToNode(payload) : null,
            DateTimeOffset.TryParse(Text(message, "timestamp"), CultureInfo.InvariantCulture, Utc, out var timestamp) ? timestamp : DateTimeOffset.MinValue,
            Text(message, "message_id") ?? "",
            new RpcContext(message));
    }

    static string? Text(JsonElement message, string member) =>
        message.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
