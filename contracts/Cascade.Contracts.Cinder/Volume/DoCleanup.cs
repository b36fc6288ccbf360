using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>cinder/manager.py: CleanableManager.do_cleanup. Cast, of an operator (POST /workers/cleanup).</summary>
public sealed record DoCleanup(VersionedObject CleanupRequest) : IRpcCall<DoCleanup>
{
    public static RpcName Name => new("do_cleanup", new(3, 7));

    public static JsonTypeInfo<DoCleanup> Wire => CinderJson.Default.DoCleanup;
}
