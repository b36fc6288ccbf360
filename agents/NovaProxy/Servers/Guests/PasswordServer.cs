using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Guests;

/// <summary>
/// set_admin_password: the child asks the guest's agent and answers with what it said, so this call ends with its outcome (nova/compute/manager.py:
/// set_admin_password). Setting the same password twice is setting it once.
/// </summary>
internal sealed class PasswordServer(KeyedQueue queue, CallIntake intake, InstanceBoundary boundary, Instances instances, ChildCloud child, ChildServers servers)
    : IHandle<SetAdminPassword>
{
    public Task<JsonNode?> HandleAsync(SetAdminPassword call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("set_admin_password");
        return queue.RunAsync(uuid, turn => TakeAsync(uuid, call, context, turn.Cancelled), cancelled: cancelled);
    }

    async Task<JsonNode?> TakeAsync(string uuid, SetAdminPassword call, RpcContext context, CancellationToken cancelled)
    {
        var row = await instances.GetAsync(context.Elevated(), uuid, cancelled) ?? throw NovaFaults.InstanceNotFound(uuid);
        if (row.Text("task_state") != TaskStates.UpdatingPassword)
        {
            // An earlier life ended it and could not say so any more.
            return null;
        }

        // The intake writes the fault; the boundary what is around it.
        return await boundary.RunAsync(
            context,
            row,
            Events.Password,
            InstanceWrapping.RevertTaskState,
            stop => intake.RunAsync(row, context, Refusal, (id, why) => Failed(id, $"the cloud that holds it does not answer: {why ?? "unknown"}"), (at, limited) => SetAsync(at, call, context, limited), stop),
            cancelled);
    }

    async Task<JsonNode?> SetAsync(VersionedObject row, SetAdminPassword call, RpcContext context, CancellationToken cancelled)
    {
        var server = await servers.IdAsync(row, context.Elevated(), cancelled);
        await child.Servers.ChangePasswordAsync(ChildCloud.ActingFor(row), server, call.NewPass ?? "", cancelled);
        await instances.SaveAsync(context.Elevated(), row.Text("uuid")!, new() { ["task_state"] = null }, [TaskStates.UpdatingPassword], cancelled);
        return null;
    }

    /// <summary>nova/api/openstack/compute/admin_password.py: InstancePasswordSetFailed is 409, NotImplementedError 501, and anything else 500.</summary>
    static RpcFault Refusal(string uuid, CloudFault fault) => fault switch
    {
        { Kind: FaultKind.Unsupported } => NovaFaults.NotImplemented($"set_admin_password is not implemented by this driver or guest instance: {ChildFaults.Text(fault)}"),
        _ => Failed(uuid, ChildFaults.Text(fault)),
    };

    static RpcFault Failed(string uuid, string why) => NovaFaults.InstancePasswordSetFailed(uuid, why);
}
