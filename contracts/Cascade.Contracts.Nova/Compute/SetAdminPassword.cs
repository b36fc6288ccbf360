using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.set_admin_password. Call; answers null when the guest has the password.</summary>
public sealed record SetAdminPassword(VersionedObject Instance, string? NewPass = null) : IRpcCall<SetAdminPassword>
{
    public static RpcName Name => new("set_admin_password", new(6, 0));

    public static JsonTypeInfo<SetAdminPassword> Wire => NovaJson.Default.SetAdminPassword;

    /// <summary>Without the password.</summary>
    public override string ToString() => $"set_admin_password of {Instance.Text("uuid")}";
}
