using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.extend_volume. Cast; the size in GiB. The reservations are open: they are committed or rolled back by
/// whoever serves this.
/// </summary>
public sealed record ExtendVolume(VersionedObject Volume, int NewSize, string[]? Reservations = null) : IRpcCall<ExtendVolume>
{
    public static RpcName Name => new("extend_volume", new(3, 0));

    public static JsonTypeInfo<ExtendVolume> Wire => CinderJson.Default.ExtendVolume;
}
