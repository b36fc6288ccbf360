using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cascade.Oslo.Wire.Envelope;

/// <summary>How this peer writes JSON: raw UTF-8, nothing escaped that need not be (both are accepted by Python).</summary>
static class WireJson
{
    public static JsonWriterOptions Writing { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 512,
        SkipValidation = true,
    };

    public static byte[] Enveloped<TState>(TState state, Action<Utf8JsonWriter, TState> write) => OsloEnvelope.Wrap(Plain(state, write).WrittenSpan);

    public static ArrayBufferWriter<byte> Plain<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Writing);
        write(writer, state);
        writer.Flush();
        return buffer;
    }
}
