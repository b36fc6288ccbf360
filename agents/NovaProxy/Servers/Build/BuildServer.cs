using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.Mirror;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>
/// build_and_run_instance: as a native compute up to the moment of spawning, then one server in the child. The message is held until that server is
/// linked; that it runs is seen by the watch. A second delivery goes on where the first stopped.
/// </summary>
internal sealed class BuildServer(
    KeyedQueue queue,
    Instances instances,
    ParentRelease release,
    ActionEvents events,
    IAllocations allocations,
    BuildSteps steps,
    BuildNetworks networks,
    ServerMaker maker,
    BuildEnd end,
    Orders orders,
    Expectations expectations,
    ServerRefusals refusals,
    HostIdentity identity,
    TimeProvider time,
    ILogger<BuildServer> log) : IHandle<BuildAndRunInstance>
{
    public async Task<JsonNode?> HandleAsync(BuildAndRunInstance call, RpcContext context, CancellationToken cancelled)
    {
        var uuid = call.Instance.Uuid("build_and_run_instance");
        await queue.RunAsync(uuid, turn => BuildAsync(call, context, uuid, turn), interruptible: true, cancelled);
        return null;
    }

    async Task BuildAsync(BuildAndRunInstance call, RpcContext context, string uuid, Turn turn)
    {
        using var request = RequestScope.Enter(context.RequestId);
        refusals.RequireChild();
        release.Saw(call.Instance);
        var row = await instances.GetAsync(context.Elevated(), uuid, turn.Cancelled);
        var stage = BuildStages.Of(row, identity.Host);
        switch (stage)
        {
            case BuildStage.Over:
                Log.BuildOver(log, uuid, row!.Text("vm_state") ?? "-", row.Text("host") ?? "-");
                return;
            case BuildStage.Cancelled:
                await end.CancelAsync(row ?? call.Instance, call, context, CancellationToken.None);
                return;
            case BuildStage.Fresh:
                await events.StartAsync(context, uuid, Events.Build, turn.Cancelled);
                break;
        }

        await GuardAsync(call, row!, context, turn, () => SpawnAsync(call, row!, context, stage, turn));
    }

    async Task SpawnAsync(BuildAndRunInstance call, VersionedObject row, RpcContext context, BuildStage stage, Turn turn)
    {
        var uuid = row.Text("uuid")!;
        TellForced(call, uuid, context);
        var nics = await steps.TakeAsync(call, row, context, stage, turn);
        var made = await maker.MakeAsync(call, row, async cancelled => nics ?? await networks.AllocateAsync(call, row, context, cancelled), ForcedHost.Of(call), context, turn);
        orders.Give(uuid, new(Events.Build, context, time.GetTimestamp(), call));
        expectations.Expect(made.Seen.Id);
    }

    void TellForced(BuildAndRunInstance call, string uuid, RpcContext context)
    {
        if (ForcedHost.Of(call) is not { } forced)
        {
            return;
        }

        if (context.IsAdmin)
        {
            Log.HostForced(log, uuid, forced);
        }
        else
        {
            Log.HostHintRefused(log, uuid, forced);
        }
    }

    async Task GuardAsync(BuildAndRunInstance call, VersionedObject row, RpcContext context, Turn turn, Func<Task> build)
    {
        try
        {
            await build();
        }
        catch (OperationCanceledException) when (turn.WasInterrupted)
        {
            // Its delete stands behind us in the queue and clears away everything.
            await end.FinishAsync(context, row, null, CancellationToken.None);
        }
        catch (RpcFault gone) when (gone.IsGoing())
        {
            await end.CancelAsync(await AgainAsync(row, context), call, context, CancellationToken.None);
        }
        catch (RpcFault moved) when (moved.Is("UnexpectedTaskStateError"))
        {
            // nova/compute/manager.py: _do_build_and_run_instance: somebody reset it meanwhile; not ours to build.
            Log.BuildMoved(log, moved, row.Text("uuid")!);
            await allocations.RemoveProviderAsync(row.Text("uuid")!, identity.NodeUuid.ToString("D"), CancellationToken.None);
            await end.FinishAsync(context, row, null, CancellationToken.None);
        }
        catch (RpcFault refused)
        {
            // What another host may do better is handed back in its own words (nova/compute/manager.py: _do_build_and_run_instance, e.kwargs['reason']).
            var elsewhere = refused.Is("RescheduledException") || refused.Is("ComputeResourcesUnavailable") || refused.Is("GroupAffinityViolation");
            var why = refused.Is("RescheduledException") ? refused.InnerException ?? refused : refused;
            await end.FailAsync(await AgainAsync(row, context), call, context, why, !elsewhere, CancellationToken.None);
        }
        catch (Exception failure) when (failure is CloudFault or OutcomeUnknownException)
        {
            await refusals.ParkIfAwayAsync(failure, turn.Cancelled);
            var fault = ChildFaults.In(failure)!;
            await end.FailAsync(await AgainAsync(row, context), call, context, ChildFaults.ToParent("creating the server in the child", fault), IsFinal(fault), CancellationToken.None);
        }
    }

    /// <summary>The link may be newer than the row we began with.</summary>
    async Task<VersionedObject> AgainAsync(VersionedObject row, RpcContext context) =>
        await instances.GetAsync(context.Elevated(), row.Text("uuid")!, CancellationToken.None) ?? row;

    /// <summary>
    /// The request itself is wrong, as nova's FlavorMemoryTooSmall or ImageUnacceptable, which abort; anything else may go better on another host, as any
    /// failure of a hypervisor (nova/compute/manager.py: _build_and_run_instance).
    /// </summary>
    static bool IsFinal(CloudFault fault) => fault.Kind is FaultKind.Invalid or FaultKind.NotFound or FaultKind.Unsupported;
}
