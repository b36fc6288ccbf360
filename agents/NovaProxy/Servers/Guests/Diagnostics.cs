using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Child;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Guests;

/// <summary>get_diagnostics and get_instance_diagnostics: what the child's hypervisor counts of the guest. The child shows it to administrators.</summary>
internal sealed class Diagnostics(ChildCloud child, ChildServers servers, CallIntake intake) : IHandle<GetDiagnostics>, IHandle<GetInstanceDiagnostics>
{
    public Task<JsonNode?> HandleAsync(GetDiagnostics call, RpcContext context, CancellationToken cancelled) =>
        RunAsync(call.Instance, context, async (server, stop) => await child.Servers.DriverDiagnosticsAsync(Scope.Own, server, stop), cancelled);

    public Task<JsonNode?> HandleAsync(GetInstanceDiagnostics call, RpcContext context, CancellationToken cancelled) =>
        RunAsync(call.Instance, context, async (server, stop) => DiagnosticsMap.ToParent(await child.Servers.DiagnosticsAsync(Scope.Own, server, stop)), cancelled);

    Task<JsonNode?> RunAsync(VersionedObject instance, RpcContext context, Func<string, CancellationToken, Task<JsonNode?>> ask, CancellationToken cancelled) =>
        intake.RunAsync(
            instance,
            context,
            (uuid, fault) => Refusal(uuid, instance, fault),
            (_, why) => ChildFaults.Away(why),
            async (row, stop) => await ask(await servers.IdAsync(row, context.Elevated(), stop), stop),
            cancelled);

    /// <summary>nova/api/openstack/compute/server_diagnostics.py: of a guest that does not run 409, NotImplementedError 501, anything unknown to it 500.</summary>
    static RpcFault Refusal(string uuid, VersionedObject instance, CloudFault fault) => fault.Kind switch
    {
        FaultKind.Unsupported or FaultKind.Forbidden => NovaFaults.NotImplemented(ChildFaults.Text(fault)),
        FaultKind.Conflict => NovaFaults.InstanceInvalidState(uuid, "power state", StateOf(instance), "get_diagnostics"),
        _ => ChildFaults.Away(ChildFaults.Text(fault)),
    };

    /// <summary>nova/compute/power_state.py: STATE_MAP.</summary>
    static string StateOf(VersionedObject instance) => (PowerState)(instance.Number("power_state") ?? 0) switch
    {
        PowerState.Running => "running",
        PowerState.Paused => "paused",
        PowerState.Shutdown => "shutdown",
        PowerState.Crashed => "crashed",
        PowerState.Suspended => "suspended",
        _ => "pending",
    };
}
