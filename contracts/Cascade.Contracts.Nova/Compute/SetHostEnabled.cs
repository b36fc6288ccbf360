using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.set_host_enabled. Long call; answers enabled or disabled.</summary>
public sealed record SetHostEnabled(bool Enabled) : IRpcCall<SetHostEnabled>
{
    public static RpcName Name => new("set_host_enabled", new(6, 0));

    public static JsonTypeInfo<SetHostEnabled> Wire => NovaJson.Default.SetHostEnabled;
}
