using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.remove_export. Cast, or call for who waits; answers null.</summary>
public sealed record RemoveExport(string VolumeId) : IRpcCall<RemoveExport>
{
    public static RpcName Name => new("remove_export", new(3, 0));

    public static JsonTypeInfo<RemoveExport> Wire => CinderJson.Default.RemoveExport;
}
