using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Mirror.Queue;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Delete;

/// <summary>
/// terminate_instance: ends a build that runs, asks the child to delete, and lets go of the message; that it is gone is seen by the watch, and only then the
/// parent's row goes (D8). No server in the child is success.
/// </summary>
internal sealed class TerminateServer(
    KeyedQueue queue, OrderIntake intake, ChildServers servers, Deletion deletion) : IHandle<TerminateInstance>
{
    public Task<JsonNode?> HandleAsync(TerminateInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("terminate_instance");
        queue.Interrupt(uuid);
        return intake.RunAsync(uuid, Events.Terminate, context, (row, stop) => IsOverAsync(call, row, stop), (row, stop) => deletion.GoOnAsync(row, context, stop), cancelled);
    }

    async Task<bool> IsOverAsync(TerminateInstance call, VersionedObject? row, CancellationToken cancelled)
    {
        if (row is not null)
        {
            return false;
        }

        // Deleted without us meanwhile, or by our earlier life: only the child may still have something.
        await servers.RemoveAsync(call.Instance, cancelled);
        return true;
    }
}
