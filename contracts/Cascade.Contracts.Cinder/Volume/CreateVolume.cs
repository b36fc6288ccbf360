using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.create_volume. Cast. What is only handed back on a reschedule (<see cref="Scheduler.RescheduleVolume"/>)
/// is kept as it came.
/// </summary>
public sealed record CreateVolume(
    VersionedObject Volume,
    VersionedObject? RequestSpec = null,
    JsonObject? FilterProperties = null,
    bool AllowReschedule = true) : IRpcCall<CreateVolume>
{
    public static RpcName Name => new("create_volume", new(3, 0));

    public static JsonTypeInfo<CreateVolume> Wire => CinderJson.Default.CreateVolume;
}
