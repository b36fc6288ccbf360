using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/manager.py: Manager.get_log_levels. Call; answers a LogLevelList of the loggers that begin with the prefix.</summary>
public sealed record GetLogLevels(VersionedObject LogRequest) : IRpcCall<GetLogLevels>
{
    public static RpcName Name => new("get_log_levels", new(3, 12));

    public static JsonTypeInfo<GetLogLevels> Wire => CinderJson.Default.GetLogLevels;
}
