using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.update_group. Cast. Both lists are ids with commas between them, the empty text for none.</summary>
public sealed record UpdateGroup(VersionedObject Group, string? AddVolumes = null, string? RemoveVolumes = null) : IRpcCall<UpdateGroup>
{
    public static RpcName Name => new("update_group", new(3, 0));

    public static JsonTypeInfo<UpdateGroup> Wire => CinderJson.Default.UpdateGroup;
}
