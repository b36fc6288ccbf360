using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>A shelve under way: stopping, then as any snapshot.</summary>
internal sealed class ShelveOperation(ShelveServer shelve, SnapshotFlow flow, ShelveEnd ends, OrderEnd end) : IServerOperation
{
    public string Event => Events.Shelve;

    public bool IsUnderWay(Believed row) => SnapshotKind.Shelve.IsUnderWay(row.TaskState);

    /// <summary>The server is at rest: stopped, or its image made, or neither.</summary>
    public Verdict Judge(Believed row, Server seen, bool answers) =>
        row.TaskState == SnapshotKind.Shelve.Working && answers && seen.TaskState is null ? Verdict.Done.Instance : Verdict.Nothing.Instance;

    public Verdict JudgeGone(Believed row) => row.TaskState == SnapshotKind.Shelve.Working ? Verdict.Done.Instance : Verdict.Nothing.Instance;

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        if (SnapshotNote.Of(row) is not { } note)
        {
            return;
        }

        if (seen is null)
        {
            await flow.ClearAsync(row.Text("uuid")!, note, context, cancelled);
            await end.VanishedAsync(row, Event, context, cancelled);
        }
        else if (seen.Status is "SHUTOFF" or "PAUSED" or "SUSPENDED")
        {
            await flow.GoOnAsync(row, note, ends, context, cancelled);
        }
        else
        {
            await FailAsync(row, note, NovaFaults.InstancePowerOffFailure(ServerReport.Failed(seen, "stop").Reason), context, cancelled);
        }
    }

    public async Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        if (SnapshotNote.Of(row) is not { } note)
        {
            // The message was lost with its broker; native leaves it, too, but nobody would ever end it.
            await end.FailedAsync(row, Event, NovaFaults.Failed("the order to shelve was lost"), null, [], context, cancelled);
        }
        else if (SnapshotKind.Shelve.IsOnTheWay(row.Text("task_state")))
        {
            await flow.GoOnAsync(row, note, ends, note.Context, cancelled);
        }
        else
        {
            await GiveAsync(row, note, cancelled);
        }
    }

    async Task GiveAsync(VersionedObject row, SnapshotNote note, CancellationToken cancelled)
    {
        try
        {
            await shelve.GiveAsync(row, note, note.Context, cancelled);
        }
        catch (RpcFault refused)
        {
            await FailAsync(row, note, refused, note.Context, cancelled);
        }
    }

    async Task FailAsync(VersionedObject row, SnapshotNote note, RpcFault why, RpcContext context, CancellationToken cancelled)
    {
        await flow.ClearAsync(row.Text("uuid")!, note, context, cancelled);
        await ends.FailedAsync(row, note, why, context, cancelled);
    }
}
