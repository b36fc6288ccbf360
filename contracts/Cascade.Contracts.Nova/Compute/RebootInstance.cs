using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.reboot_instance. Cast. <c>reboot_type</c> is SOFT or HARD.</summary>
public sealed record RebootInstance(VersionedObject Instance, JsonNode? BlockDeviceInfo, string RebootType) : IRpcCall<RebootInstance>
{
    public static RpcName Name => new("reboot_instance", new(6, 0));

    public static JsonTypeInfo<RebootInstance> Wire => NovaJson.Default.RebootInstance;
}
