using System.Buffers;
using System.Text.Json;

namespace Cascade.Oslo.Wire.Envelope;

/// <summary>
/// The outer JSON of every message: <c>{"oslo.version": "2.0", "oslo.message": "&lt;JSON text&gt;"}</c>
/// (oslo_messaging/_drivers/common.py: serialize_msg, deserialize_msg).
/// </summary>
public static class OsloEnvelope
{
    /// <summary>Exactly this, or a Python peer drops the message in silence (rule 1 of the wire).</summary>
    public const string ContentType = "application/json";

    public const string ContentEncoding = "utf-8";

    const int Overhead = 48;

    static readonly SearchValues<byte> Escaped = SearchValues.Create(EscapedBytes());

    /// <summary>Puts a message, UTF-8 JSON of one object, into its envelope.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> message)
    {
        var body = new ArrayBufferWriter<byte>(message.Length + (message.Length / 4) + Overhead);
        body.Write("{\"oslo.version\": \"2.0\", \"oslo.message\": \""u8);
        WriteEscaped(body, message);
        body.Write("\"}"u8);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>Takes the message out of its envelope; a body without one is a v1 message and is given back as it is.</summary>
    /// <returns>UTF-8 that is the caller's own, whatever becomes of <paramref name="body"/>.</returns>
    /// <exception cref="MalformedMessageException">Not an object, or an envelope of another version.</exception>
    public static byte[] Unwrap(ReadOnlySpan<byte> body)
    {
        try
        {
            return Scan(body);
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            return ScanRepaired(body);
        }
    }

    static byte[] ScanRepaired(ReadOnlySpan<byte> body)
    {
        try
        {
            return Scan(TolerantJson.Repair(body));
        }
        catch (JsonException refused)
        {
            throw new MalformedMessageException($"the body is not JSON: line {refused.LineNumber}, byte {refused.BytePositionInLine}", refused);
        }
        catch (InvalidOperationException refused)
        {
            throw new MalformedMessageException("the body is not UTF-8", refused);
        }
    }

    static byte[] Scan(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 512 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedMessageException("the body is no JSON object");
        }

        byte[]? message = null;
        var hasVersion = false;
        var version = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("oslo.version"u8);
            var isMessage = !isVersion && reader.ValueTextEquals("oslo.message"u8);
            reader.Read();
            if (isVersion)
            {
                hasVersion = true;
                version = reader.TokenType != JsonTokenType.String ? "(no text)" : reader.ValueTextEquals("2.0"u8) ? null : reader.GetString();
            }
            else if (isMessage)
            {
                message = reader.TokenType == JsonTokenType.String
                    ? Text(ref reader)
                    : throw new MalformedMessageException("oslo.message is not a text");
            }
            else
            {
                reader.Skip();
            }
        }

        // Trailing data after the object is an error like any other.
        reader.Read();
        return !hasVersion || message is null ? body.ToArray()
            : version is null ? message
            : throw new MalformedMessageException($"envelope version {version}, this peer reads 2.0");
    }

    static byte[] Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.ToArray();
        }

        var rented = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            var length = reader.CopyString(rented);
            return rented.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // Only what JSON demands: the stock encoder would also escape every quote as six bytes (rule 9 of the wire).
    static void WriteEscaped(ArrayBufferWriter<byte> body, ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var plain = text.IndexOfAny(Escaped);
            if (plain < 0)
            {
                body.Write(text);
                return;
            }

            body.Write(text[..plain]);
            var odd = text[plain];
            if (odd is (byte)'"' or (byte)'\\')
            {
                body.Write([(byte)'\\', odd]);
            }
            else
            {
                body.Write("\\u00"u8);
                body.Write([Hex(odd >> 4), Hex(odd & 15)]);
            }

            text = text[(plain + 1)..];
        }
    }

    static byte Hex(int digit) => (byte)"0123456789abcdef"[digit];

    static byte[] EscapedBytes() => [.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\'];
}
