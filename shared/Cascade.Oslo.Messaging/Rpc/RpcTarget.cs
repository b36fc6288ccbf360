using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>Where a request goes (oslo_messaging/target.py: Target).</summary>
/// <param name="Topic">The topic, for instance <c>conductor</c>.</param>
/// <param name="Version">The version the method is asked in.</param>
/// <param name="Server">One server of the topic (its host), null for any of them.</param>
/// <param name="Namespace">The namespace, for instance <c>compute_task</c>.</param>
/// <param name="Fanout">Every server of the topic; casts only.</param>
/// <param name="Exchange">The control exchange, null for the transport's own.</param>
public sealed record RpcTarget(
    string Topic,
    RpcVersion Version,
    string? Server = null,
    string? Namespace = null,
    bool Fanout = false,
    string? Exchange = null);
