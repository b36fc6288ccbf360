using System.Buffers.Binary;
using System.Text;

namespace Cascade.Support.Seeing;

/// <summary>One message of Protocol Buffers, read without its schema: as much of it as a test of OTLP needs.</summary>
public sealed class ProtoFields
{
    readonly List<(int Number, ReadOnlyMemory<byte> Bytes)> delimited = [];

    public ProtoFields(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint(message.Span, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message.Span, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    delimited.Add(((int)(key >> 3), message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new FormatException($"wire type {key & 7} at {at}");
            }
        }
    }

    public IEnumerable<ProtoFields> Messages(int number) => Bytes(number).Select(bytes => new ProtoFields(bytes));

    public IEnumerable<ReadOnlyMemory<byte>> Bytes(int number) => delimited.Where(field => field.Number == number).Select(field => field.Bytes);

    /// <summary>The last text of this number; empty without one.</summary>
    public string Text(int number) => Bytes(number).Select(bytes => Encoding.UTF8.GetString(bytes.Span)).LastOrDefault() ?? "";

    /// <summary>The last bytes of this number, in hexadecimal; empty without any.</summary>
    public string Hex(int number) => Bytes(number).Select(bytes => Convert.ToHexStringLower(bytes.Span)).LastOrDefault() ?? "";

    /// <summary>The body of one message of gRPC: a byte that says whether it is compressed, four of length.</summary>
    public static ProtoFields OfGrpc(ReadOnlyMemory<byte> body) =>
        body.Span[0] == 0 ? new(body.Slice(5, (int)BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]))) : throw new FormatException("compressed");

    static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }
    }
}
