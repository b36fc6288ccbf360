using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.thaw_host. Call; answers true.</summary>
public sealed record ThawHost() : IRpcCall<ThawHost>
{
    public static RpcName Name => new("thaw_host", new(3, 0));

    public static JsonTypeInfo<ThawHost> Wire => CinderJson.Default.ThawHost;
}
