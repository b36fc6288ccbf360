using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Wire.Rpc;

/// <summary>One request as it came off the wire: a cast when <see cref="MessageId"/> is null, else a call that wants a reply.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Arguments">The keyword arguments; an empty object when the request had none.</param>
/// <param name="Namespace">The target's namespace, null for the default one.</param>
/// <param name="Version">What the caller asks for; <see cref="RpcVersion.Default"/> when absent.</param>
/// <param name="Context">The whole request context.</param>
/// <param name="UniqueId">The sender's identity of this message, for duplicates; null from very old peers.</param>
/// <param name="MessageId">The call's identity, to be named in the reply.</param>
/// <param name="ReplyQueue">Where the reply goes.</param>
/// <param name="CallMonitorTimeout">When set, the caller gives up unless a sign of life comes within this time.</param>
public sealed record RpcRequest(
    string Method,
    JsonElement Arguments,
    string? Namespace,
    RpcVersion Version,
    RpcContext Context,
    string? UniqueId = null,
    string? MessageId = null,
    string? ReplyQueue = null,
    TimeSpan? CallMonitorTimeout = null)
{
    static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    readonly string? versionText;

    public bool IsCall => MessageId is not null && ReplyQueue is not null;

    /// <summary>The version as it was written: what an error names when <see cref="Version"/> could not be read.</summary>
    public string VersionText
    {
        get => versionText ?? Version.ToString();
        init => versionText = value;
    }

    /// <param name="body">The enveloped body of a request.</param>
    /// <exception cref="MalformedMessageException">No request at all, or a cast that names no method.</exception>
    public static RpcRequest Read(ReadOnlySpan<byte> body) => Read(TolerantJson.Parse(OsloEnvelope.Unwrap(body)));

    /// <summary>
    /// Reads the inner message. Unknown members are ignored, missing ones have their defaults; what a caller can be told (no such method, a
    /// version nobody serves, arguments that are none) is left to the dispatcher, so that the caller is told.
    /// </summary>
    public static RpcRequest Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedMessageException("the message is no JSON object");
        }

        var messageId = Text(message, "_msg_id"u8);
        var method = Text(message, "method"u8)
            // Python looks up the method None and says that there is none (oslo_messaging/rpc/dispatcher.py: dispatch).
            ?? (messageId is null ? throw new MalformedMessageException("the message names no method") : "None");
        var written = Text(message, "version"u8);
        var version = written is null ? RpcVersion.Default : RpcVersion.TryParse(written, out var asked) ? asked : Nobodys;
        return new(
            method,
            message.TryGetProperty("args"u8, out var arguments) && arguments.ValueKind != JsonValueKind.Null ? arguments : NoArguments,
            Text(message, "namespace"u8),
            version,
            new RpcContext(message),
            Text(message, "_unique_id"u8),
            messageId,
            Text(message, "_reply_q"u8),
            Seconds(message))
        {
            VersionText = written!,
        };
    }

    /// <summary>The enveloped body of this request, with <paramref name="arguments"/> as its own.</summary>
    public byte[] Write(JsonObject arguments) => WireJson.Enveloped((this, arguments), static (writer, sent) =>
    {
        var (request, arguments) = sent;
        writer.WriteStartObject();
        writer.WriteString("method"u8, request.Method);
        writer.WritePropertyName("args"u8);
        arguments.WriteTo(writer);
        if (request.Namespace is not null)
        {
            writer.WriteString("namespace"u8, request.Namespace);
        }

        writer.WriteString("version"u8, request.VersionText);
        if (request.MessageId is not null)
        {
            writer.WriteString("_msg_id"u8, request.MessageId);
            writer.WriteString("_reply_q"u8, request.ReplyQueue);
            writer.WritePropertyName("_timeout"u8);
            if (request.CallMonitorTimeout is { } timeout)
            {
                writer.WriteNumberValue((long)timeout.TotalSeconds);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteString("_unique_id"u8, request.UniqueId);
        request.Context.WriteTo(writer);
        writer.WriteEndObject();
    });

    // Serves() is false for it whatever the server has.
    static RpcVersion Nobodys { get; } = new(-1, 0);

    static string? Text(JsonElement message, ReadOnlySpan<byte> member) =>
        message.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // int(timeout) in Python: a text of digits counts too (oslo_messaging/rpc/server.py: RPCServer._process_incoming).
    static TimeSpan? Seconds(JsonElement message)
    {
        if (!message.TryGetProperty("_timeout"u8, out var value))
        {
            return null;
        }

        var seconds = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out var number) => number,
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
            _ => 0,
        };
        return seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(Math.Floor(seconds)) : null;
    }
}
