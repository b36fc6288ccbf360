using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.get_host_uptime. Call; answers what uptime(1) prints.</summary>
public sealed record GetHostUptime() : IRpcCall<GetHostUptime>
{
    public static RpcName Name => new("get_host_uptime", new(6, 0));

    public static JsonTypeInfo<GetHostUptime> Wire => NovaJson.Default.GetHostUptime;
}
