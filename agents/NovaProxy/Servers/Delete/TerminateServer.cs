using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Delete;

/// <summary>
/// terminate_instance: ends a build that runs, asks the child to delete, and lets go of the message; that it is gone is seen by the watch, and only then the
/// parent's row goes (D8). No server in the child is success.
/// </summary>
internal sealed class TerminateServer(
    KeyedQueue queue, Instances instances, InstanceBoundary boundary, ChildServers servers, Deletion deletion, Refusals refusals) : IHandle<TerminateInstance>
{
    public async Task<JsonNode?> HandleAsync(TerminateInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Text("uuid") ?? throw NovaFaults.Failed("terminate_instance: the instance came without its uuid");
        queue.Interrupt(uuid);
        return await queue.RunAsync(uuid, turn => TerminateAsync(call, context, uuid, turn.Cancelled), cancelled: cancelled);
    }

    async Task<JsonNode?> TerminateAsync(TerminateInstance call, RpcContext context, string uuid, CancellationToken cancelled)
    {
        using var request = RequestScope.Enter(context.RequestId);
        refusals.RequireChild();
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled);
        if (row is null)
        {
            // Deleted without us meanwhile, or by our earlier life: only the child may still have something.
            await servers.RemoveAsync(call.Instance, cancelled);
            return null;
        }

        return await boundary.RunAsync(
            context,
            row,
            Events.Terminate,
            InstanceWrapping.Native | InstanceWrapping.LeaveOpen,
            async stop =>
            {
                await deletion.GoOnAsync(row, context, stop);
                return null;
            },
            cancelled);
    }
}
