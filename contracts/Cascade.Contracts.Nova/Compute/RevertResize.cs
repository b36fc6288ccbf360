using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.revert_resize, on the destination host. Cast.</summary>
public sealed record RevertResize(VersionedObject Instance, VersionedObject Migration, JsonNode? RequestSpec = null) : IRpcCall<RevertResize>
{
    public static RpcName Name => new("revert_resize", new(6, 0));

    public static JsonTypeInfo<RevertResize> Wire => NovaJson.Default.RevertResize;
}
