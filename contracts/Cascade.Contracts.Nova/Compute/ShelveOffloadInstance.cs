using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.shelve_offload_instance. Cast.</summary>
public sealed record ShelveOffloadInstance(VersionedObject Instance, bool? CleanShutdown = null, JsonArray? AccelUuids = null) : IRpcCall<ShelveOffloadInstance>
{
    public static RpcName Name => new("shelve_offload_instance", new(6, 0));

    public static JsonTypeInfo<ShelveOffloadInstance> Wire => NovaJson.Default.ShelveOffloadInstance;
}
