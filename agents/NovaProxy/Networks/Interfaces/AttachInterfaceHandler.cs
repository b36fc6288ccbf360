using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Networks.Mirrored;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks.Interfaces;

/// <summary>
/// attach_interface: a port of the parent is bound, the child's is waited for, and the child's server gets it (nova/compute/manager.py: _attach_interface). A
/// call, so its answer or its refusal comes within the 60 seconds that nova-api waits; what fails is taken back.
/// </summary>
internal sealed class AttachInterfaceHandler(
    KeyedQueue queue,
    Instances instances,
    InstanceBoundary boundary,
    Allocation allocation,
    Release release,
    ChildPortWatch watch,
    ChildInterfaces interfaces,
    IChildHealth health,
    TimeProvider time,
    ILogger<AttachInterfaceHandler> log) : IHandle<AttachInterface>
{
    /// <summary>For the child; the rest of the 60 seconds is for the parent, before and after.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    public Task<JsonNode?> HandleAsync(AttachInterface call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("attach_interface");
        return queue.RunAsync(
            uuid,
            turn => boundary.RunAsync(context, call.Instance, "compute_attach_interface", InstanceWrapping.Fault, _ => AttachAsync(call, uuid, context, turn), turn.Cancelled),
            cancelled: cancelled);
    }

    async Task<JsonNode?> AttachAsync(AttachInterface call, string uuid, RpcContext context, Turn turn)
    {
        using var request = RequestScope.Enter(context.RequestId);
        if (!health.Answers)
        {
            throw ChildFaults.Away(health.Reason);
        }

        var row = await instances.GetAsync(context.Elevated(), uuid, turn.Cancelled) ?? throw NovaFaults.InstanceNotFound(uuid);
        var server = ServerLink.Of(row) ?? throw NetworkFaults.InterfaceAttachFailed(uuid, "it has no server in the child");
        var had = InfoCache.PortsOf(row);
        if (call.PortId is { } wanted && had.Contains(wanted) && await IsPluggedAsync(row, wanted, server, turn.Cancelled))
        {
            throw NetworkFaults.PortInUse(wanted);
        }

        // What carries the instance and is in no network info was made for a request that was not finished: this one, come again.
        var requested = new RequestedNics([new(call.NetworkId, call.RequestedIp, call.PortId, call.Tag)]);
        var allocated = await allocation.AllocateAsync(row, requested, [], port => !had.Contains(port.Id), context, turn.Cancelled);
        if (allocated.Nics is not [var nic])
        {
            throw NetworkFaults.InterfaceAttachFailed(uuid);
        }

        await PlugAsync(row, server, nic, context, turn);
        return allocated.Info.First(vif => InfoCache.IdOf(vif) == nic.PortId)!.DeepClone();
    }

    async Task PlugAsync(VersionedObject row, string server, Nic nic, RpcContext context, Turn turn)
    {
        var uuid = row.Text("uuid")!;
        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, turn.Cancelled);
        try
        {
            var port = (await turn.AsideAsync(_ => watch.ComeAsync([nic], either.Token)))[0];
            await interfaces.PlugAsync(row, server, port, nic.Tag, either.Token);
            Log.InterfaceAttached(log, nic.PortId, uuid, port.Id);
        }
        catch (CloudFault fault)
        {
            await UndoAsync(row, nic, context);
            throw NetworkFaults.InterfaceAttachFailed(uuid, ChildFaults.Text(fault));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !turn.Cancelled.IsCancellationRequested)
        {
            await UndoAsync(row, nic, context);
            throw NetworkFaults.InterfaceAttachFailed(uuid, $"the child has not plugged port {nic.PortId} within {Limit.TotalSeconds:0} s");
        }
    }

    /// <summary>What is left carries the instance and goes with it.</summary>
    async Task UndoAsync(VersionedObject row, Nic nic, RpcContext context)
    {
        try
        {
            await release.PortAsync(row, nic.PortId, nic.Premade, context, CancellationToken.None);
        }
        catch (RpcFault fault)
        {
            Log.PortsLeft(log, fault, row.Text("uuid")!, "attach_interface");
        }
    }

    async Task<bool> IsPluggedAsync(VersionedObject row, string wanted, string server, CancellationToken cancelled)
    {
        try
        {
            return ChildInterfaces.NicOf(row, wanted) is { } nic && await interfaces.FindAsync(nic, cancelled) is { } port && port.DeviceId == server;
        }
        catch (CloudFault fault)
        {
            throw ChildFaults.Away(ChildFaults.Text(fault));
        }
    }
}
