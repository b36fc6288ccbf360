using System.Collections.Concurrent;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>A resize or cold migration under way, from the order to the moment when it waits to be confirmed.</summary>
internal sealed class ResizeOperation(
    ResizeSteps steps,
    ResizeOrder order,
    ResizeRollback rollback,
    ResizeStanding standing,
    Migrations migrations,
    Instances instances,
    ActionEvents events,
    OrderEnd end,
    ILogger<ResizeOperation> log) : IServerOperation
{
    /// <summary>Servers that came back as they were while their action said nothing yet: the child writes that last.</summary>
    readonly ConcurrentDictionary<string, bool> puzzling = new(StringComparer.Ordinal);

    public string Event => Events.ResizeInstance;

    /// <summary>What nova-api wrote alone (<c>resize_prep</c>) is nobody's yet: its message comes, or native would leave it, too.</summary>
    public bool IsUnderWay(Believed row) => row.TaskState is TaskStates.ResizeMigrating or TaskStates.ResizeMigrated or TaskStates.ResizeFinish;

    public Verdict Judge(Believed row, Server seen, bool answers) =>
        seen.TaskState is not null || seen.Status is "RESIZE" or "UNKNOWN" ? Verdict.Nothing.Instance
        // The child has done it: what the parent has begun to write is written to its end, whatever became of the server meanwhile.
        : seen.Status == "VERIFY_RESIZE" || row.TaskState != TaskStates.ResizeMigrating ? Verdict.Done.Instance
        : !answers ? Verdict.Nothing.Instance
        // nova/compute/manager.py: _error_out_instance_on_exception: an error, unless the guest is as it was.
        : ServerReport.Failed(seen, "resize", seen.Status == "ERROR" ? VmStates.Error : null);

    /// <summary>A child that confirms or reverts by itself at once was never seen to wait; and only its actions say why it did not resize.</summary>
    public async Task<Verdict> ReviewAsync(VersionedObject row, Server seen, Verdict.OrderFailed failed, CancellationToken cancelled)
    {
        var found = await standing.OfAsync(seen.Id, cancelled);
        if (found.End == ResizeEnd.Open && failed.VmState is null && puzzling.TryAdd(seen.Id, true))
        {
            return Verdict.Nothing.Instance;
        }

        puzzling.TryRemove(seen.Id, out _);
        return found switch
        {
            { End: ResizeEnd.Confirmed } => Verdict.Done.Instance,
            { End: ResizeEnd.Reverted } => failed with { Reason = $"the child reverted it by itself (child server {seen.Id})" },
            { Why: { } why } => failed with { Reason = why },
            _ => failed,
        };
    }

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var elevated = context.Elevated();
        var migration = await migrations.LatestAsync(elevated, uuid, cancelled);
        if (row.Text("task_state") == TaskStates.ResizeMigrating)
        {
            await steps.MigratedAsync(row, migration, elevated, cancelled);
            await end.CloseAsync(uuid, Events.ResizeInstance, context, cancelled);
            row = await AgainAsync(row, elevated, cancelled);
        }

        if (row.Text("task_state") == TaskStates.ResizeMigrated)
        {
            await events.StartAsync(context, uuid, Events.FinishResize, cancelled);
            await steps.FinishingAsync(row, elevated, cancelled);
            row = await AgainAsync(row, elevated, cancelled);
        }

        await steps.FinishedAsync(migration, elevated, cancelled);
        await end.DoneAsync(row, Events.FinishResize, steps.Resized(), [TaskStates.ResizeFinish], context, cancelled);
        Log.Resized(log, uuid, row.Object("flavor")?.Text("name") ?? "?");
    }

    public async Task CleanUpAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled) =>
        await rollback.RunAsync(row, await migrations.LatestAsync(context, row.Text("uuid")!, cancelled), context.Elevated(), cancelled);

    /// <summary>The order may not have reached the child; whoever refuses it now says so as the watch would.</summary>
    public async Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (row.Text("task_state") != TaskStates.ResizeMigrating || row.Object("new_flavor") is not { } flavor)
        {
            return;
        }

        if ((await migrations.LatestAsync(context, row.Text("uuid")!, cancelled))?.Text("status") == MigrationStates.Error)
        {
            await RefusedAsync(row, "it was refused, and the proxy was stopped before it could say why", context, cancelled);
            return;
        }

        try
        {
            await order.GiveAsync(row, flavor, context, cancelled);
        }
        catch (Oslo.Wire.Failures.RpcFault refused)
        {
            await CleanUpAsync(row, null, context, cancelled);
            await RefusedAsync(row, refused.Message, context, cancelled);
        }
    }

    Task RefusedAsync(VersionedObject row, string reason, RpcContext context, CancellationToken cancelled) =>
        end.FailedAsync(row, Event, new(reason, (PowerState)(row.Number("power_state") ?? 0), null), context, cancelled);

    async Task<VersionedObject> AgainAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) =>
        await instances.GetAsync(context, row.Text("uuid")!, cancelled) ?? throw Contracts.Nova.Faults.NovaFaults.InstanceNotFound(row.Text("uuid")!);
}
