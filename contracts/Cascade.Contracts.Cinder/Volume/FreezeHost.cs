using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.freeze_host. Call; answers true.</summary>
public sealed record FreezeHost() : IRpcCall<FreezeHost>
{
    public static RpcName Name => new("freeze_host", new(3, 0));

    public static JsonTypeInfo<FreezeHost> Wire => CinderJson.Default.FreezeHost;
}
