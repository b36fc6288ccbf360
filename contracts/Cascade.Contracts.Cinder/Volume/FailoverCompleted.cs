using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.failover_completed. Fanout to the members of a cluster, with what to write to their service row.</summary>
public sealed record FailoverCompleted(JsonObject? Updates = null) : IRpcCall<FailoverCompleted>
{
    public static RpcName Name => new("failover_completed", new(3, 8));

    public static JsonTypeInfo<FailoverCompleted> Wire => CinderJson.Default.FailoverCompleted;
}
