using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.manage_existing_snapshot. Cast. <c>ref</c> names what is to be imported, as the administrator wrote it.
/// </summary>
public sealed record ManageExistingSnapshot(VersionedObject Snapshot, JsonNode? Ref = null) : IRpcCall<ManageExistingSnapshot>
{
    public static RpcName Name => new("manage_existing_snapshot", new(3, 0));

    public static JsonTypeInfo<ManageExistingSnapshot> Wire => CinderJson.Default.ManageExistingSnapshot;
}
