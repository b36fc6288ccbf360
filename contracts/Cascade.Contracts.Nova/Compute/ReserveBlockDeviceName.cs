using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.reserve_block_device_name. Long call; answers the block device mapping that it made, with id and uuid.</summary>
public sealed record ReserveBlockDeviceName(
    VersionedObject Instance,
    string VolumeId,
    string? Device = null,
    string? DiskBus = null,
    string? DeviceType = null,
    string? Tag = null,
    bool? Multiattach = null) : IRpcCall<ReserveBlockDeviceName>
{
    public static RpcName Name => new("reserve_block_device_name", new(6, 0));

    public static JsonTypeInfo<ReserveBlockDeviceName> Wire => NovaJson.Default.ReserveBlockDeviceName;
}
