using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.update_migrated_volume. Call to the destination of a migration; answers null.</summary>
public sealed record UpdateMigratedVolume(VersionedObject Volume, VersionedObject NewVolume, string VolumeStatus) : IRpcCall<UpdateMigratedVolume>
{
    public static RpcName Name => new("update_migrated_volume", new(3, 0));

    public static JsonTypeInfo<UpdateMigratedVolume> Wire => CinderJson.Default.UpdateMigratedVolume;
}
