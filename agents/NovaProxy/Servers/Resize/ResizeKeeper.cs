using Cascade.Contracts.Nova.States;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Resize;

/// <summary>
/// Resizes that nobody comes back to: those that wait longer than <c>resize_confirm_window</c> are confirmed as native does (nova/compute/manager.py:
/// _poll_unconfirmed_resizes), a confirmation that the child never got is given again, and what an earlier life left half written is tidied.
/// </summary>
internal sealed class ResizeKeeper(
    KeyedQueue queue,
    Instances instances,
    Migrations migrations,
    ActionEvents events,
    Orders orders,
    ConfirmServer confirm,
    ConfirmSteps steps,
    ChildHealth health,
    ResizeOptions options,
    TimeProvider time,
    ILogger<ResizeKeeper> log) : IWorker
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(60);

    /// <summary>Untidy or unordered at the pass before: what a turn is just writing is not touched.</summary>
    HashSet<string> seenBefore = new(StringComparer.Ordinal);

    public string Name => "resizes";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(Period, time, cancelled);
            if (health.Answers)
            {
                await PassAsync(cancelled);
            }
        }
    }

    /// <summary>One pass over the resizes of our host.</summary>
    public async Task PassAsync(CancellationToken cancelled)
    {
        await LeftBehindAsync(cancelled);
        if (options.ConfirmWindow == TimeSpan.Zero)
        {
            return;
        }

        foreach (var migration in await migrations.UnconfirmedAsync(options.ConfirmWindow, cancelled))
        {
            await EachAsync(migration.Text("instance_uuid")!, stop => ConfirmAsync(migration, stop), cancelled);
        }
    }

    async Task LeftBehindAsync(CancellationToken cancelled)
    {
        var rows = await instances.OnHostAsync(RequestIds.Admin(), cancelled);
        var left = rows.Where(IsLeft).Select(row => row.Text("uuid")!).Where(uuid => !queue.Contains(uuid)).ToHashSet(StringComparer.Ordinal);
        foreach (var uuid in left.Where(seenBefore.Contains))
        {
            await EachAsync(uuid, stop => GoOnAsync(uuid, stop), cancelled);
        }

        seenBefore = left;
    }

    /// <summary>A resize that ended and is remembered, or one that waits and may have been confirmed without the child hearing of it.</summary>
    bool IsLeft(VersionedObject row) =>
        row.Text("task_state") is null && row.Object("old_flavor") is not null && orders.Of(row.Text("uuid")!) is null;

    async Task GoOnAsync(string uuid, CancellationToken cancelled)
    {
        var context = RequestIds.Admin();
        if (await instances.GetAsync(context, uuid, cancelled) is not { } row || !IsLeft(row)
            || await migrations.LatestAsync(context, uuid, cancelled) is not { } migration)
        {
            return;
        }

        switch (migration.Text("status"))
        {
            case MigrationStates.Confirmed or MigrationStates.Reverted when ConfirmSteps.IsUntidy(row):
                await steps.TidyAsync(row, migration, context, cancelled);
                break;
            case MigrationStates.Confirming or MigrationStates.Confirmed when row.Text("vm_state") == VmStates.Resized:
                await confirm.ConfirmAsync(migration, uuid, context, cancelled);
                break;
        }
    }

    async Task ConfirmAsync(VersionedObject migration, CancellationToken cancelled)
    {
        var context = RequestIds.Admin();
        var uuid = migration.Text("instance_uuid")!;
        var row = await instances.GetAsync(context, uuid, cancelled);
        if (row?.Text("task_state") is TaskStates.Deleting or TaskStates.SoftDeleting or TaskStates.ResizeFinish)
        {
            return;
        }

        var reason = row is null ? $"Instance {uuid} not found"
            : row.Text("vm_state") == VmStates.Error ? "In ERROR state"
            : row.Text("vm_state") != VmStates.Resized || row.Text("task_state") is not null
                ? $"In states {row.Text("vm_state")}/{row.Text("task_state") ?? "None"}, not RESIZED/None"
            : null;
        if (reason is not null)
        {
            Log.MigrationErred(log, migration.Number("id"), uuid, reason);
            await migrations.SaveAsync(context, migration, MigrationStates.Error, cancelled);
            return;
        }

        Log.ResizeConfirming(log, uuid, options.ConfirmWindow.TotalSeconds);
        await migrations.SaveAsync(context, migration, MigrationStates.Confirming, cancelled);
        await events.ActionStartAsync(context, uuid, "confirmResize", cancelled);
        await confirm.ConfirmAsync(migration, uuid, context, cancelled);
    }

    /// <summary>One that fails does not keep the others; it comes again with the next pass.</summary>
    async Task EachAsync(string uuid, Func<CancellationToken, Task> work, CancellationToken cancelled)
    {
        try
        {
            await queue.RunAsync(uuid, turn => work(turn.Cancelled), cancelled: cancelled);
        }
        catch (Exception fault) when (!cancelled.IsCancellationRequested)
        {
            Log.ResumeFailed(log, fault, uuid, fault.Message);
        }
    }
}
