using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.get_manageable_volumes. Call; answers a list of ManageableVolume objects, sorted and cut here. 3.10 knows
/// <c>want_objects</c>.
/// </summary>
public sealed record GetManageableVolumes(
    string? Marker = null,
    int? Limit = null,
    int? Offset = null,
    string[]? SortKeys = null,
    string[]? SortDirs = null,
    bool WantObjects = false) : IRpcCall<GetManageableVolumes>
{
    public static RpcName Name => new("get_manageable_volumes", new(3, 0));

    public static JsonTypeInfo<GetManageableVolumes> Wire => CinderJson.Default.GetManageableVolumes;
}
