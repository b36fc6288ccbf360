using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.prep_resize, on the host that the scheduler chose. Cast. <c>flavor</c> is the new one, or the same for a cold migration.</summary>
public sealed record PrepResize(
    VersionedObject Instance,
    JsonNode? Image,
    VersionedObject Flavor,
    VersionedObject Migration,
    JsonNode? RequestSpec = null,
    JsonObject? FilterProperties = null,
    string? Node = null,
    bool? CleanShutdown = null,
    JsonNode? HostList = null) : IRpcCall<PrepResize>
{
    public static RpcName Name => new("prep_resize", new(6, 0));

    public static JsonTypeInfo<PrepResize> Wire => NovaJson.Default.PrepResize;
}
