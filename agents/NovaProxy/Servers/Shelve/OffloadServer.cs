using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>shelve_offload_instance.</summary>
internal sealed class OffloadServer(OrderIntake intake, Instances instances, GuestStop stop, Offload offload) : IHandle<ShelveOffloadInstance>
{
    public Task<JsonNode?> HandleAsync(ShelveOffloadInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("shelve_offload_instance");
        return intake.RunAsync(
            uuid,
            Events.ShelveOffload,
            context,
            // A volume-backed one is asked to go while it is being shelved (nova/compute/api.py: shelve).
            (row, _) => Task.FromResult(row?.Text("task_state") is not (TaskStates.ShelvingOffloading or TaskStates.Shelving)),
            (row, given) => TakeAsync(row, context, given),
            cancelled);
    }

    async Task TakeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (row.Text("task_state") == TaskStates.Shelving)
        {
            // A later life must know from the row what it was.
            await instances.SaveAsync(
                context.Elevated(), row.Text("uuid")!, new() { ["task_state"] = TaskStates.ShelvingOffloading }, [TaskStates.Shelving], cancelled);
        }

        // What is shelved was stopped for that.
        if (row.Text("vm_state") == VmStates.Shelved || !await stop.GiveAsync(row, Events.ShelveOffload, context, cancelled))
        {
            await offload.GoOnAsync(row, Events.ShelveOffload, context, cancelled);
        }
    }
}
