using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Wire.Rpc;

/// <summary>
/// One answer to a call (oslo_messaging/_drivers/amqpdriver.py: AMQPIncomingMessage._send_reply). Taken in this order: a
/// <see cref="Failure"/>, else a <see cref="Result"/>; the call is over when <see cref="Ending"/>.
/// </summary>
/// <param name="MessageId">The call's <c>_msg_id</c>.</param>
/// <param name="Result">What the method gave; Undefined when the member is missing.</param>
/// <param name="Failure">A serialised Python exception: JSON within a text.</param>
/// <param name="Ending">False for a sign of life.</param>
public sealed record RpcReply(string MessageId, JsonElement Result, string? Failure, bool Ending)
{
    /// <summary>A sign of life of a call that asked for it with <c>_timeout</c>.</summary>
    public bool IsHeartbeat => !Ending && Failure is null && Result.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <param name="body">The enveloped body.</param>
    /// <exception cref="MalformedMessageException">No reply.</exception>
    public static RpcReply Read(ReadOnlySpan<byte> body)
    {
        var message = TolerantJson.Parse(OsloEnvelope.Unwrap(body));
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("_msg_id", out var id) || id.ValueKind != JsonValueKind.String)
        {
            throw new MalformedMessageException("the reply names no _msg_id");
        }

        var failure = message.TryGetProperty("failure", out var failed) && failed.ValueKind == JsonValueKind.String ? failed.GetString() : null;
        var ending = message.TryGetProperty("ending", out var end) && end.ValueKind == JsonValueKind.True;
        return new(id.GetString()!, message.TryGetProperty("result", out var result) ? result : default, failure is "" ? null : failure, ending);
    }

    /// <summary>The enveloped body of a result.</summary>
    public static byte[] WriteResult(string messageId, JsonNode? result) => Write(messageId, result, null, ending: true);

    /// <summary>The enveloped body of a failure, see <see cref="Failures.RemoteFailure"/>.</summary>
    public static byte[] WriteFailure(string messageId, string failure) => Write(messageId, null, failure, ending: true);

    /// <summary>The enveloped body of a sign of life. Only for a call with <c>_timeout</c>: without one it kills a Python caller (rule 8 of the wire).</summary>
    public static byte[] WriteHeartbeat(string messageId) => Write(messageId, null, null, ending: false);

    static byte[] Write(string messageId, JsonNode? result, string? failure, bool ending) =>
        WireJson.Enveloped((messageId, result, failure, ending), static (writer, reply) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("result"u8);
            if (reply.result is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                reply.result.WriteTo(writer);
            }

            writer.WriteString("failure"u8, reply.failure);
            writer.WriteBoolean("ending"u8, reply.ending);
            writer.WriteString("_msg_id"u8, reply.messageId);
            writer.WriteString("_unique_id"u8, OsloId.New());
            writer.WriteEndObject();
        });
}
