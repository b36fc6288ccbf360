using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Networks.Plugging;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Build;
using Cascade.NovaProxy.Servers.Delete;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Resize;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>
/// Tells the parent what was seen of one server: in the instance's turn, after reading the row again, so that an old sight never meets a fresh intent
/// unseen.
/// </summary>
internal sealed class ServerTeller(
    KeyedQueue queue,
    Instances instances,
    Orders orders,
    ServerOperations operations,
    Expectations expectations,
    BuildEnd build,
    Plugs plugs,
    Deletion deletion,
    OrderEnd end,
    PowerChange power,
    ResizeSettlement resizes,
    ErrorChange error,
    HostIdentity identity)
{
    /// <param name="sight">Null when the child confirmed that it is not there.</param>
    /// <param name="unordered">Also complete an order that this life did not give: nobody else will.</param>
    public Task TellAsync(string uuid, string childId, Sight<Server>? sight, bool unordered, CancellationToken cancelled) =>
        queue.RunAsync(uuid, turn => TellNowAsync(uuid, childId, sight, unordered, turn.Cancelled), cancelled: cancelled);

    async Task TellNowAsync(string uuid, string childId, Sight<Server>? sight, bool unordered, CancellationToken cancelled)
    {
        // Twice: a guest that was built and stopped before we looked is both.
        for (var told = 0; told < 2; told++)
        {
            var row = await instances.GetAsync(RequestIds.Admin(), uuid, cancelled);
            if (row is null || row.Text("host") != identity.Host || !IsAbout(row, childId))
            {
                expectations.Settle(childId);
                return;
            }

            var order = orders.Of(uuid);
            var answers = order is null ? unordered : sight is null || sight.Asked > order.Given;
            var believed = Believed.Of(row);
            var operation = operations.Of(believed);
            var verdict = ServerReport.Of(believed, sight?.Seen, answers, operation);
            if (verdict is Verdict.Built)
            {
                verdict = await plugs.LookAsync(row, cancelled) switch
                {
                    Plugged.Yes => verdict,
                    Plugged.NotYet => Verdict.Nothing.Instance,
                    _ => Verdict.NotPlugged.Instance,
                };
            }

            if (verdict is Verdict.OrderFailed failed && sight is not null)
            {
                verdict = await operation!.ReviewAsync(row, sight.Seen, failed, cancelled);
            }

            if (verdict is Verdict.Nothing)
            {
                if (order is not null && answers && operation is null && IsIdle(believed))
                {
                    // An operator of the parent has set its state meanwhile. Kept, it would be taken for the answer to the next order, before that is given.
                    orders.Done(uuid);
                    expectations.Settle(childId);
                }

                return;
            }

            await SayAsync(verdict, operation, row, sight?.Seen, order, ContextOf(row, order), cancelled);
        }
    }

    Task SayAsync(
        Verdict verdict, IServerOperation? operation, VersionedObject row, Server? seen, Order? order, RpcContext context, CancellationToken cancelled) => verdict switch
    {
        Verdict.Done => operation!.CompleteAsync(row, seen, context, cancelled),
        Verdict.OrderFailed failed => FailedAsync(operation!, row, seen, failed, context, cancelled),
        Verdict.Built built => BuiltAsync(row, built, context, cancelled),
        Verdict.BuildFailed failed => build.FailAsync(row, order?.Build, context, NovaFaults.Failed(failed.Reason), final: false, cancelled),
        // nova/compute/manager.py: _build_and_run_instance, of a VirtualInterfaceCreateException.
        Verdict.NotPlugged => build.FailAsync(
            row, order?.Build, context, NetworkFaults.BuildAbort(row.Text("uuid")!, NetworkFaults.VirtualInterfaceCreate()), final: true, cancelled),
        Verdict.Deleted or Verdict.DeleteAgain => deletion.GoOnAsync(row, context, cancelled),
        Verdict.DeleteFailed failed => deletion.FailAsync(row, context, failed.Reason, cancelled),
        Verdict.ResizeOver => resizes.TellAsync(row, seen!, order, context, cancelled),
        Verdict.PowerChanged changed => power.TellAsync(row, changed, seen!, cancelled),
        Verdict.Errored errored => error.TellAsync(row, errored, cancelled),
        Verdict.Recovered recovered => error.TellAsync(row, recovered, cancelled),
        Verdict.Vanished => end.VanishedAsync(row, operation?.Event, context, cancelled),
        _ => Task.CompletedTask,
    };

    async Task FailedAsync(
        IServerOperation operation, VersionedObject row, Server? seen, Verdict.OrderFailed failed, RpcContext context, CancellationToken cancelled)
    {
        await operation.CleanUpAsync(row, seen, context, cancelled);
        await end.FailedAsync(row, operation.Event, failed, context, cancelled);
    }

    async Task BuiltAsync(VersionedObject row, Verdict.Built built, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await build.BuiltAsync(row, built, context, cancelled);
        }
        catch (RpcFault gone) when (gone.IsGoing())
        {
            // The delete that overtook it finds the link and goes on; the build itself ends quietly.
            await build.FinishAsync(context, row, null, cancelled);
        }
    }

    /// <summary>Nobody waits for anything of it.</summary>
    static bool IsIdle(Believed believed) => believed is { TaskState: null, VmState: not (VmStates.Building or VmStates.Resized) };

    /// <summary>
    /// Any other server with this stamp is the reaper's. One that is not linked yet is the build's, which comes again and links it: to say that it is
    /// built would leave an instance without a server. Only what is to go is known by its stamp alone.
    /// </summary>
    static bool IsAbout(VersionedObject row, string childId) =>
        ServerLink.Of(row) is { } linked ? linked == childId : row.Text("task_state") == TaskStates.Deleting;

    /// <summary>
    /// The request that gave the order. After a restart that of the build is in the row; for anything else an administrator's context without a project,
    /// whose events attach to the instance's last action (nova/db/main/api.py: action_event_finish).
    /// </summary>
    static RpcContext ContextOf(VersionedObject row, Order? order) =>
        order?.Context.Elevated()
        ?? (row.Text("vm_state") == VmStates.Building && ServerLink.RequestOf(row) is { } request
            ? RpcContext.Admin(request)
            : RequestIds.Admin());
}
