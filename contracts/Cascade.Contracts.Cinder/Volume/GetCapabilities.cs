using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.get_capabilities. Call; answers what was last published, with <c>properties</c>. A null is HTTP 500 at the
/// API.
/// </summary>
public sealed record GetCapabilities(bool Discover = false) : IRpcCall<GetCapabilities>
{
    public static RpcName Name => new("get_capabilities", new(3, 0));

    public static JsonTypeInfo<GetCapabilities> Wire => CinderJson.Default.GetCapabilities;
}
