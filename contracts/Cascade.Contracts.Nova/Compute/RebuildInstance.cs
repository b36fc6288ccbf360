using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>
/// nova/compute/manager.py: ComputeManager.rebuild_instance. Cast; 6.1 knows <c>reimage_boot_volume</c>, 6.2 <c>target_state</c>. With
/// <c>recreate</c> it is an evacuation and this host the destination. What a tenant asked for beside the image is in the instance already
/// (nova/compute/api.py: rebuild).
/// </summary>
public sealed record RebuildInstance(
    VersionedObject Instance,
    string? OrigImageRef = null,
    string? ImageRef = null,
    JsonArray? InjectedFiles = null,
    string? NewPass = null,
    JsonObject? OrigSysMetadata = null,
    VersionedObject? Bdms = null,
    bool? Recreate = null,
    bool? OnSharedStorage = null,
    bool? PreserveEphemeral = null,
    VersionedObject? Migration = null,
    string? ScheduledNode = null,
    JsonNode? Limits = null,
    JsonNode? RequestSpec = null,
    JsonArray? AccelUuids = null,
    bool? ReimageBootVolume = null,
    string? TargetState = null) : IRpcCall<RebuildInstance>
{
    public static RpcName Name => new("rebuild_instance", new(6, 0));

    public static JsonTypeInfo<RebuildInstance> Wire => NovaJson.Default.RebuildInstance;
}
