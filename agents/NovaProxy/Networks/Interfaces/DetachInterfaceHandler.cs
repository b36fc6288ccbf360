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
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Networks.Interfaces;

/// <summary>
/// detach_interface: the guest loses it first, and only when it has is the port taken away (nova/compute/manager.py: _detach_interface). The message is
/// held until then; a second delivery goes on where the first stopped.
/// </summary>
internal sealed class DetachInterfaceHandler(
    KeyedQueue queue,
    Instances instances,
    InstanceBoundary boundary,
    Release release,
    ChildPortWatch watch,
    ChildInterfaces interfaces,
    ServerRefusals refusals,
    TimeProvider time,
    ILogger<DetachInterfaceHandler> log) : IHandle<DetachInterface>
{
    /// <summary>A native compute tries eight times, twenty seconds each (nova/conf/libvirt.py: device_detach_attempts, device_detach_timeout).</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(170);

    public Task<JsonNode?> HandleAsync(DetachInterface call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("detach_interface");
        return queue.RunAsync(uuid, turn => DetachAsync(call, uuid, context, turn), cancelled: cancelled);
    }

    async Task<JsonNode?> DetachAsync(DetachInterface call, string uuid, RpcContext context, Turn turn)
    {
        using var request = RequestScope.Enter(context.RequestId);
        refusals.RequireChild();
        return await instances.GetAsync(context.Elevated(), uuid, turn.Cancelled) is { } row
            ? await boundary.RunAsync(context, row, "compute_detach_interface", InstanceWrapping.Fault, _ => DetachAsync(row, call.PortId, context, turn), turn.Cancelled)
            : null;
    }

    async Task<JsonNode?> DetachAsync(VersionedObject row, string portId, RpcContext context, Turn turn)
    {
        if (!InfoCache.PortsOf(row).Contains(portId))
        {
            throw NetworkFaults.PortNotAttached(portId);
        }

        await UnplugAsync(row, portId, turn);
        await release.PortAsync(row, portId, InfoCache.PremadeOf(row).Contains(portId), context, turn.Cancelled);
        Log.InterfaceDetached(log, portId, row.Text("uuid")!);
        return null;
    }

    async Task UnplugAsync(VersionedObject row, string portId, Turn turn)
    {
        var uuid = row.Text("uuid")!;
        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, turn.Cancelled);
        try
        {
            if (await interfaces.AskAsync(row, portId, either.Token) is { } port)
            {
                await turn.AsideAsync(async _ =>
                {
                    await watch.LetGoAsync(port.Id, either.Token);
                    return true;
                });
            }
        }
        catch (CloudFault fault)
        {
            await refusals.ParkIfAwayAsync(fault, turn.Cancelled);
            throw NetworkFaults.InterfaceDetachFailed(uuid, ChildFaults.Text(fault));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !turn.Cancelled.IsCancellationRequested)
        {
            refusals.RequireChild();
            throw NetworkFaults.InterfaceDetachFailed(uuid, $"the child has not unplugged it within {Limit.TotalSeconds:0} s");
        }
    }
}
