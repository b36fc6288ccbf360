using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>
/// nova/compute/manager.py: ComputeManager.unshelve_instance. Cast, of an instance that was offloaded; a merely shelved one is started
/// (nova/conductor/manager.py: unshelve_instance). Without an image it boots from a volume.
/// </summary>
public sealed record UnshelveInstance(
    VersionedObject Instance,
    JsonObject? Image = null,
    JsonObject? FilterProperties = null,
    string? Node = null,
    JsonNode? RequestSpec = null,
    JsonArray? AccelUuids = null) : IRpcCall<UnshelveInstance>
{
    public static RpcName Name => new("unshelve_instance", new(6, 0));

    public static JsonTypeInfo<UnshelveInstance> Wire => NovaJson.Default.UnshelveInstance;
}
