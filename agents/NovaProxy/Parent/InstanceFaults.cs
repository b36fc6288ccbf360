using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>Faults of instances; the API shows the latest while vm_state is error or deleted.</summary>
internal sealed class InstanceFaults(IConductor conductor, HostIdentity identity)
{
    public Task AddAsync(RpcContext context, string uuid, int code, string message, string details, CancellationToken cancelled)
    {
        var fault = NovaObjects.Changed(NovaObjects.InstanceFault, new()
        {
            ["instance_uuid"] = uuid,
            ["code"] = code,
            ["message"] = FaultText.Cut(message),
            ["details"] = details,
            ["host"] = identity.Host,
        });
        return conductor.ObjectActionAsync(context, fault, "create", [], [], cancelled);
    }

    public Task AddAsync(RpcContext context, string uuid, Exception fault, CancellationToken cancelled) =>
        AddAsync(context, uuid, FaultText.Code(fault), FaultText.Message(fault), FaultText.Details(fault), cancelled);
}
