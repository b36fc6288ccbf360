using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.shelve_instance. Cast. The image is in the parent's Glance already, <c>queued</c>.</summary>
public sealed record ShelveInstance(VersionedObject Instance, string? ImageId = null, bool? CleanShutdown = null, JsonArray? AccelUuids = null) : IRpcCall<ShelveInstance>
{
    public static RpcName Name => new("shelve_instance", new(6, 0));

    public static JsonTypeInfo<ShelveInstance> Wire => NovaJson.Default.ShelveInstance;
}
