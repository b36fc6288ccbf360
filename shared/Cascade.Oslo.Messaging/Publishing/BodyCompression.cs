using System.IO.Compression;
using System.Text;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Envelope;
using ICSharpCode.SharpZipLib.BZip2;
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
                // Kombu's gzip is a bare zlib stream.
                Gzip => Read(new ZLibStream(Open(body), CompressionMode.Decompress)),
                Bz2 => Read(new BZip2InputStream(Open(body))),
                _ => throw new MalformedMessageException($"compression {kind} is unknown"),
            };
        }
        // SharpZipLib does not check every index that it reads from a block (BZip2InputStream.SetupBlock).
        catch (Exception broken) when (broken is InvalidDataException or BZip2Exception or EndOfStreamException or IndexOutOfRangeException)
        {
            throw new MalformedMessageException($"the body is no {kind}", broken);
        }
    }

    static MemoryStream Open(ReadOnlyMemory<byte> body) => new(body.ToArray());

    static byte[] Read(Stream packed)
    {
        using var reading = packed;
        var plain = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = reading.Read(buffer)) > 0;)
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
