using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/volume/manager.py: VolumeManager.manage_existing. Cast. <c>ref</c> names what is to be imported, as the administrator wrote it.</summary>
public sealed record ManageExisting(VersionedObject Volume, JsonNode? Ref = null) : IRpcCall<ManageExisting>
{
    public static RpcName Name => new("manage_existing", new(3, 0));

    public static JsonTypeInfo<ManageExisting> Wire => CinderJson.Default.ManageExisting;
}
