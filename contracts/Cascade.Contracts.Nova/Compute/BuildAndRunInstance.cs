using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.build_and_run_instance. Cast. What is only handed back on a reschedule is kept as it came.</summary>
public sealed record BuildAndRunInstance(
    VersionedObject Instance,
    JsonObject? Image,
    JsonNode? RequestSpec,
    JsonObject? FilterProperties,
    JsonArray? AccelUuids = null,
    string? AdminPassword = null,
    JsonArray? InjectedFiles = null,
    VersionedObject? RequestedNetworks = null,
    JsonArray? SecurityGroups = null,
    VersionedObject? BlockDeviceMapping = null,
    string? Node = null,
    JsonNode? Limits = null,
    JsonArray? HostList = null) : IRpcCall<BuildAndRunInstance>
{
    public static RpcName Name => new("build_and_run_instance", new(6, 0));

    public static JsonTypeInfo<BuildAndRunInstance> Wire => NovaJson.Default.BuildAndRunInstance;
}
