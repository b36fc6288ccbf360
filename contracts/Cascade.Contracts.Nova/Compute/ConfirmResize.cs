using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.confirm_resize, on the source host. Cast; a call when a resized server is deleted (nova/compute/api.py: _confirm_resize_on_deleting).</summary>
public sealed record ConfirmResize(VersionedObject Instance, VersionedObject Migration) : IRpcCall<ConfirmResize>
{
    public static RpcName Name => new("confirm_resize", new(6, 0));

    public static JsonTypeInfo<ConfirmResize> Wire => NovaJson.Default.ConfirmResize;
}
