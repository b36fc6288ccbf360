using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.failover_host. Cast; the name of failover below 3.8.</summary>
public sealed record FailoverHost(string? SecondaryBackendId = null) : IRpcCall<FailoverHost>
{
    public static RpcName Name => new("failover_host", new(3, 0));

    public static JsonTypeInfo<FailoverHost> Wire => CinderJson.Default.FailoverHost;
}
