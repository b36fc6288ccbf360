using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/manager.py: Manager.set_log_levels. Cast.</summary>
public sealed record SetLogLevels(VersionedObject LogRequest) : IRpcCall<SetLogLevels>
{
    public static RpcName Name => new("set_log_levels", new(3, 12));

    public static JsonTypeInfo<SetLogLevels> Wire => CinderJson.Default.SetLogLevels;
}
