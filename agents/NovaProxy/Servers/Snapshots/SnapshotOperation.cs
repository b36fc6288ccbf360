using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>A snapshot or a backup under way. Which of the two the note says; they share their task states.</summary>
internal sealed class SnapshotOperation(SnapshotFlow flow, SnapshotEnd ends, OrderEnd end) : IServerOperation
{
    public string Event => Events.Snapshot;

    public bool IsUnderWay(Believed row) =>
        row.TaskState == TaskStates.ImageSnapshotPending || SnapshotKind.Snapshot.IsUnderWay(row.TaskState) || SnapshotKind.Backup.IsUnderWay(row.TaskState);

    /// <summary>Over in the child when the server has nothing to do any more: whether there is an image is asked then, once.</summary>
    public Verdict Judge(Believed row, Server seen, bool answers) =>
        answers && seen.TaskState is null && row.TaskState is TaskStates.ImageSnapshot or TaskStates.ImageBackup
            ? Verdict.Done.Instance
            : Verdict.Nothing.Instance;

    /// <summary>What is on the way already does not need the server any more.</summary>
    public Verdict JudgeGone(Believed row) =>
        row.TaskState is TaskStates.ImageSnapshot or TaskStates.ImageBackup ? Verdict.Done.Instance : Verdict.Nothing.Instance;

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        if (SnapshotNote.Of(row) is not { } note)
        {
            return;
        }

        if (seen is null)
        {
            await flow.ClearAsync(row.Text("uuid")!, note, context, cancelled);
            await end.VanishedAsync(row, note.Kind.Event, context, cancelled);
            return;
        }

        await flow.GoOnAsync(row, note, ends, context, cancelled);
    }

    public async Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (SnapshotNote.Of(row) is not { } note)
        {
            // The message was lost with its broker (nova/compute/manager.py: _init_instance takes such a task state back, too).
            await end.FailedAsync(row, Events.Snapshot, NovaFaults.Failed("the order to take a snapshot was lost"), null, [], context, cancelled);
        }
        else if (note.Kind.IsOnTheWay(row.Text("task_state")))
        {
            await flow.GoOnAsync(row, note, ends, note.Context, cancelled);
        }
        else if (row.Text("task_state") == note.Kind.Working)
        {
            await GiveAsync(row, note, cancelled);
        }
    }

    async Task GiveAsync(VersionedObject row, SnapshotNote note, CancellationToken cancelled)
    {
        try
        {
            await flow.GiveAsync(row, note, note.Kind, note.Context, cancelled);
        }
        catch (Oslo.Wire.Failures.RpcFault refused)
        {
            await flow.ClearAsync(row.Text("uuid")!, note, note.Context, cancelled);
            await ends.FailedAsync(row, note, refused, note.Context, cancelled);
        }
    }
}
