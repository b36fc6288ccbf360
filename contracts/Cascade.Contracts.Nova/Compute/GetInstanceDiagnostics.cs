using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Compute;

/// <summary>nova/compute/manager.py: ComputeManager.get_instance_diagnostics. Call; answers a Diagnostics object, which the API shows from 2.48 on.</summary>
public sealed record GetInstanceDiagnostics(VersionedObject Instance) : IRpcCall<GetInstanceDiagnostics>
{
    public static RpcName Name => new("get_instance_diagnostics", new(6, 0));

    public static JsonTypeInfo<GetInstanceDiagnostics> Wire => NovaJson.Default.GetInstanceDiagnostics;
}
