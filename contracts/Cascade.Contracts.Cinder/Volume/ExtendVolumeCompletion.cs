using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.extend_volume_completion. Cast, of nova by way of the API (os-extend_volume_completion), for drivers that
/// wait for it.
/// </summary>
public sealed record ExtendVolumeCompletion(
    VersionedObject Volume,
    int NewSize,
    string[]? Reservations = null,
    bool Error = false) : IRpcCall<ExtendVolumeCompletion>
{
    public static RpcName Name => new("extend_volume_completion", new(3, 19));

    public static JsonTypeInfo<ExtendVolumeCompletion> Wire => CinderJson.Default.ExtendVolumeCompletion;
}
