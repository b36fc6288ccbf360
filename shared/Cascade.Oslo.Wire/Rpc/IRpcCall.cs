using System.Text.Json.Serialization.Metadata;

namespace Cascade.Oslo.Wire.Rpc;

/// <summary>A record of one RPC method's arguments, which knows its name on the wire and how it is read and written.</summary>
public interface IRpcCall<TSelf>
    where TSelf : IRpcCall<TSelf>
{
    static abstract RpcName Name { get; }

    static abstract JsonTypeInfo<TSelf> Wire { get; }
}
