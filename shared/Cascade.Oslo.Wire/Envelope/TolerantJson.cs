using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cascade.Oslo.Wire.Envelope;

/// <summary>
/// Reads what Python's json module writes and .NET's refuses: the bare words NaN, Infinity and -Infinity (they become null), lone
/// surrogates (they become U+FFFD), keys given twice (the last one counts). Integers of any length stay as they are written.
/// </summary>
public static class TolerantJson
{
    // Python's own limit is its recursion limit, about 1000.
    static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    /// <exception cref="MalformedMessageException">Not JSON, not even Python's.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!HasSurrogate(utf8.Span) && TryParse(utf8, out var read, out _))
        {
            return read;
        }

        if (TryParse(Repair(utf8.Span), out read, out var why))
        {
            return read;
        }

        throw new MalformedMessageException("the message is not JSON: " + Where(why!), why);
    }

    /// <summary>The same value as nodes that may be changed.</summary>
    public static JsonNode? ToNode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = ToNode(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                var items = new JsonArray();
                foreach (var item in element.EnumerateArray())
                {
                    items.Add(ToNode(item));
                }

                return items;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            default:
                return JsonValue.Create(element);
        }
    }

    /// <summary>The text with Python's own words replaced; what is wrong otherwise stays wrong.</summary>
    public static byte[] Repair(ReadOnlySpan<byte> utf8)
    {
        var mended = new ArrayBufferWriter<byte>(utf8.Length + 16);
        var quoted = false;
        for (var at = 0; at < utf8.Length;)
        {
            var rest = utf8[at..];
            var (taken, put) = quoted ? InString(rest) : Outside(rest);
            if (rest[0] == (byte)'"')
            {
                quoted = !quoted;
            }

            mended.Write(put.IsEmpty ? rest[..taken] : put);
            at += taken;
        }

        return mended.WrittenSpan.ToArray();
    }

    static Step InString(ReadOnlySpan<byte> rest)
    {
        if (rest[0] != (byte)'\\' || rest.Length < 2)
        {
            var plain = rest[1..].IndexOfAny((byte)'\\', (byte)'"');
            return new(rest[0] == (byte)'"' || plain < 0 ? 1 : plain + 1, default);
        }

        if (!IsSurrogate(rest, "89abAB89"u8, out var high) && !IsSurrogate(rest, "cdefCDEF"u8, out _))
        {
            return new(2, default);
        }

        return high && rest.Length >= 12 && IsSurrogate(rest[6..], "cdefCDEF"u8, out _) ? new(12, default) : new(6, "\\ufffd"u8);
    }

    static bool IsSurrogate(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> third, out bool found) =>
        found = rest.Length >= 6 && rest[0] == (byte)'\\' && rest[1] == (byte)'u' && (rest[2] | 0x20) == 'd' && third.Contains(rest[3]);

    static Step Outside(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("NaN"u8) ? new(3, "null"u8)
        : rest.StartsWith("Infinity"u8) ? new(8, "null"u8)
        : rest.StartsWith("-Infinity"u8) ? new(9, "null"u8)
        : new(1, default);

    // Python escapes in lower case, others may not; astral characters share the prefix, so this only decides who is looked at closely.
    static bool HasSurrogate(ReadOnlySpan<byte> utf8) => utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;

    static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonElement read, out JsonException? why)
    {
        try
        {
            // Never disposed: the element outlives the delivery, and the garbage collector takes what the pool lent.
            read = JsonDocument.Parse(utf8, Options).RootElement;
            why = null;
            return true;
        }
        catch (JsonException refused)
        {
            read = default;
            why = refused;
            return false;
        }
    }

    // The exception's own text quotes the message.
    static string Where(JsonException why) => $"line {why.LineNumber}, byte {why.BytePositionInLine}";

    readonly ref struct Step(int taken, ReadOnlySpan<byte> put)
    {
        readonly ReadOnlySpan<byte> put = put;

        public void Deconstruct(out int count, out ReadOnlySpan<byte> replacement)
        {
            count = taken;
            replacement = put;
        }
    }
}
