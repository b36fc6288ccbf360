using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Build;
using Cascade.NovaProxy.Servers.Delete;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>
/// Finishes what an earlier life began and no message brings back (nova/compute/manager.py: _init_instance, but instead of an error the child is looked
/// at and the operation finished). A message that was not acknowledged comes again by itself, so a row is only taken up when it has waited for a while, nobody works on it, and no
/// message is left at the broker.
/// </summary>
internal sealed class Resumption(
    KeyedQueue queue,
    Instances instances,
    LinkBook book,
    Orders orders,
    ChildCloud child,
    ChildHealth health,
    IBacklog backlog,
    ServerTeller teller,
    Deletion deletion,
    ServerOperations operations,
    BuildEnd build,
    OrderEnd end,
    NovaProxyOptions options,
    TimeProvider time,
    ILogger<Resumption> log) : IRecovery, IWorker
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>A message that is there is delivered within this time.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Dictionary<string, (string? TaskState, long Since)> waiting = new(StringComparer.Ordinal);

    public string Name => "resumption";

    /// <summary>Before any message: who stands for whom must be known, for nothing may be adopted that another instance links to.</summary>
    public async Task RecoverAsync(CancellationToken cancelled) => book.Read(await instances.OnHostAsync(RequestIds.Admin(), cancelled));

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(Period, time, cancelled);
            if (health.Answers)
            {
                await PassAsync(cancelled);
            }
            else
            {
                // What is parked comes back with the child: begin to count then.
                waiting.Clear();
            }
        }
    }

    /// <summary>One pass over the rows of our host.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        var rows = await instances.OnHostAsync(RequestIds.Admin(), cancelled);
        var busy = rows.Where(IsBusy).ToDictionary(row => row.Text("uuid")!, StringComparer.Ordinal);
        foreach (var (uuid, _) in waiting.Where(one => !busy.ContainsKey(one.Key)).ToList())
        {
            waiting.Remove(uuid);
        }

        var due = busy.Where(one => IsDue(one.Key, one.Value)).ToList();
        if (due.Count > 0 && await backlog.AnyAsync(cancelled))
        {
            // More than we may hold at once: what waits with the broker is not lost.
            waiting.Clear();
            return;
        }

        foreach (var (uuid, row) in due)
        {
            try
            {
                await TakeUpAsync(uuid, row, cancelled);
            }
            catch (Exception fault) when (!cancelled.IsCancellationRequested)
            {
                // One that cannot go on now does not keep the others; it is considered again.
                Log.ResumeFailed(log, fault, uuid, fault.Message);
            }
        }
    }

    /// <summary>Whether it has been as it is for so long that no message can be on its way.</summary>
    bool IsDue(string uuid, VersionedObject row)
    {
        var task = row.Text("task_state");
        if (!waiting.TryGetValue(uuid, out var since) || since.TaskState != task || IsInHand(uuid))
        {
            waiting[uuid] = (task, time.GetTimestamp());
            return false;
        }

        return time.GetElapsedTime(since.Since) >= (IsUnlinkedBuild(row) ? options.BuildTimeout : Patience);
    }

    bool IsInHand(string uuid) => queue.Contains(uuid) || orders.Of(uuid) is not null;

    async Task TakeUpAsync(string uuid, VersionedObject row, CancellationToken cancelled)
    {
        waiting.Remove(uuid);
        if (IsInHand(uuid))
        {
            // Its message has come since.
            return;
        }

        Log.Resuming(log, uuid, row.Text("vm_state") ?? "-", row.Text("task_state") ?? "-");
        await queue.RunAsync(uuid, turn => ResumeAsync(uuid, turn.Cancelled), cancelled: cancelled);
        if (ServerLink.Of(row) is { } childId)
        {
            await LookAsync(uuid, childId, cancelled);
        }
    }

    /// <summary>What the child shows completes it, whoever gave the order.</summary>
    async Task LookAsync(string uuid, string childId, CancellationToken cancelled)
    {
        var asked = time.GetTimestamp();
        var seen = await child.Servers.FindAsync(Scope.Own, childId, cancelled);
        await teller.TellAsync(uuid, childId, seen is null ? null : new Sight<Server>(seen, asked), unordered: orders.Of(uuid) is null, cancelled);
    }

    async Task ResumeAsync(string uuid, CancellationToken cancelled)
    {
        var context = RequestIds.Admin();
        if (await instances.GetAsync(context, uuid, cancelled) is not { } row)
        {
            return;
        }

        if (operations.Of(Believed.Of(row)) is { } operation)
        {
            await ResumeAsync(operation, row, context, cancelled);
        }
        else if (row.Text("task_state") == TaskStates.Deleting)
        {
            await deletion.GoOnAsync(row, context, cancelled);
        }
        else if (IsUnlinkedBuild(row))
        {
            var request = ServerLink.RequestOf(row);
            var lost = NovaFaults.Failed("the build was interrupted and nothing is left to go on with");
            await build.FailAsync(row, null, request is null ? context : RpcContext.Admin(request), lost, final: true, cancelled);
        }
    }

    /// <summary>What the child refuses would be refused for ever: it ends as the message would have ended.</summary>
    async Task ResumeAsync(IServerOperation operation, VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            await operation.ResumeAsync(row, context, cancelled);
        }
        catch (RpcFault refused) when (refused.InnerException is CloudFault)
        {
            await operation.CleanUpAsync(row, null, context, cancelled);
            await end.FailedAsync(row, operation.Event, new(refused.Message, (PowerState)Believed.Of(row).PowerState, null), context, cancelled);
        }
    }

    bool IsBusy(VersionedObject row) =>
        row.Text("vm_state") == VmStates.Building
        || row.Text("task_state") == TaskStates.Deleting
        || operations.Of(Believed.Of(row)) is not null;

    static bool IsUnlinkedBuild(VersionedObject row) =>
        row.Text("vm_state") == VmStates.Building && row.Text("task_state") != TaskStates.Deleting && ServerLink.Of(row) is null;
}
