using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.migrate_volume. Cast. <c>host</c> is <c>{"host", "cluster_name", "capabilities"}</c> of the backend that
/// the scheduler chose; 3.5 knows its cluster_name.
/// </summary>
public sealed record MigrateVolume(VersionedObject Volume, JsonObject Host, bool ForceHostCopy = false) : IRpcCall<MigrateVolume>
{
    public static RpcName Name => new("migrate_volume", new(3, 0));

    public static JsonTypeInfo<MigrateVolume> Wire => CinderJson.Default.MigrateVolume;
}
