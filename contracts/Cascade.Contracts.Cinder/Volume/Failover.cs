using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.failover. Cast.</summary>
public sealed record Failover(string? SecondaryBackendId = null) : IRpcCall<Failover>
{
    public static RpcName Name => new("failover", new(3, 8));

    public static JsonTypeInfo<Failover> Wire => CinderJson.Default.Failover;
}
