using System.Text.Json;

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
    public bool IsCall => MessageId is not null && ReplyQueue is not null;
}
