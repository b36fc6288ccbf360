using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.get_diagnostics. Call; answers the driver's own dictionary, which the API shows below 2.48.</summary>
public sealed record GetDiagnostics(VersionedObject Instance) : IRpcCall<GetDiagnostics>
{
    public static RpcName Name => new("get_diagnostics", new(6, 0));

    public static JsonTypeInfo<GetDiagnostics> Wire => NovaJson.Default.GetDiagnostics;
}
