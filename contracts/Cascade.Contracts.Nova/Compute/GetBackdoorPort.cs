using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/baserpc.py: BaseRPCAPI.get_backdoor_port. Call; null, as a service without a back door answers.</summary>
public sealed record GetBackdoorPort : IRpcCall<GetBackdoorPort>
{
    public static RpcName Name => new("get_backdoor_port", new(1, 1), "baseapi");

    public static JsonTypeInfo<GetBackdoorPort> Wire => NovaJson.Default.GetBackdoorPort;
}
