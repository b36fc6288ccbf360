using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>revert_resize, and what natively follows as finish_revert_resize on the source: the child reverts, and the watch sees it.</summary>
internal sealed class RevertServer(OrderIntake intake, Migrations migrations, ServerOrder order, ResizeStanding standing) : IHandle<RevertResize>
{
    public Task<JsonNode?> HandleAsync(RevertResize call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("revert_resize");
        return intake.RunAsync(
            uuid,
            Events.RevertResize,
            context,
            // Gone meanwhile, or done by an earlier life that could not acknowledge it any more.
            (row, _) => Task.FromResult(row?.Text("task_state") != TaskStates.ResizeReverting),
            (row, stop) => GiveAsync(row, call.Migration, context, stop),
            cancelled);
    }

    /// <summary>Gives the order. Within the instance's turn. What the child refuses leaves the resize to be confirmed or reverted as before.</summary>
    public async Task GiveAsync(VersionedObject row, VersionedObject? migration, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await order.GiveAsync(row, context, Events.RevertResize, "reverting the resize in the child", IsTaken, RevertAsync, cancelled);
        }
        catch (RpcFault) when (migration is not null)
        {
            await migrations.SaveAsync(context, migration, MigrationStates.Finished, CancellationToken.None);
            throw;
        }
    }

    async Task RevertAsync(OpenStack.Compute.Servers servers, Scope scope, string id, CancellationToken cancelled)
    {
        try
        {
            await servers.RevertResizeAsync(scope, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict or FaultKind.Invalid || fault.ResultUnknown)
        {
            if ((await standing.OfAsync(id, cancelled)).End != ResizeEnd.Reverted)
            {
                throw;
            }
        }
    }

    static bool IsTaken(OpenStack.Compute.Server seen) => seen.Status == "REVERT_RESIZE" || seen.TaskState == TaskStates.ResizeReverting;
}
