using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.migrate_volume_completion. Call; answers the id of the volume.</summary>
public sealed record MigrateVolumeCompletion(
    VersionedObject Volume,
    VersionedObject NewVolume,
    bool Error = false) : IRpcCall<MigrateVolumeCompletion>
{
    public static RpcName Name => new("migrate_volume_completion", new(3, 0));

    public static JsonTypeInfo<MigrateVolumeCompletion> Wire => CinderJson.Default.MigrateVolumeCompletion;
}
