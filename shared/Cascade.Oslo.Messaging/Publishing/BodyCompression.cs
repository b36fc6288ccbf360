using System.IO.Compression;
using System.Text;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Envelope;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>
/// <c>kombu_compression</c>: the header decides how a body is read (kombu/compression.py). What we send is gzip for either option: every
/// kombu reads both.
/// </summary>
static class BodyCompression
{
    public const string Gzip = "application/x-gzip";
    public const string Bz2 = "application/x-bz2";

    // 10 MB is a large request; a few KB must not become a memory full of nothing.
    const long MostBytes = 512L * 1024 * 1024;

    public static byte[] Pack(BodyCompressionKind kind, byte[] body)
    {
        if (kind == BodyCompressionKind.None)
        {
            return body;
        }

        var packed = new MemoryStream();
        // Kombu's gzip is a bare zlib stream.
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(body);
        }

        return packed.ToArray();
    }

    /// <exception cref="MalformedMessageException">Not what its header says.</exception>
    public static ReadOnlyMemory<byte> Unpack(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        if (properties.Headers is not { Count: > 0 } headers || !headers.TryGetValue("compression", out var value) || Text(value) is not { Length: > 0 } kind)
        {
            return body;
        }

        try
        {
            return kind switch
            {
                Gzip => Unzip(body),
                Bz2 => Bzip2.Unpack(body.Span, MostBytes),
                _ => throw new MalformedMessageException($"compression {kind} is unknown"),
            };
        }
        catch (InvalidDataException broken)
        {
            throw new MalformedMessageException($"the body is no {kind}", broken);
        }
    }

    static byte[] Unzip(ReadOnlyMemory<byte> body)
    {
        using var zlib = new ZLibStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        var plain = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = zlib.Read(buffer)) > 0;)
        {
            plain.Write(buffer.AsSpan(0, read));
            if (plain.Length > MostBytes)
            {
                throw new MalformedMessageException("the unpacked body is too long");
            }
        }

        return plain.ToArray();
    }

    static string? Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value as string;
}
