using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.NovaProxy.Volumes;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>An unshelve whose server the child makes.</summary>
internal sealed class UnshelveOperation(
    ChildServers servers,
    Unshelving unshelving,
    ShelvedImages images,
    InstanceVolumes volumes,
    Orders orders,
    Expectations expectations,
    OrderEnd end,
    TimeProvider time,
    ILogger<UnshelveOperation> log) : IServerOperation
{
    const string Lost = "the server was deleted in the child while it was unshelved";

    public string Event => Events.Unshelve;

    public bool IsUnderWay(Believed row) => row is { VmState: VmStates.ShelvedOffloaded, TaskState: TaskStates.Spawning };

    /// <summary>The server is new: whatever it shows is the outcome.</summary>
    public Verdict Judge(Believed row, Server seen, bool answers) =>
        seen.Status == "ERROR" ? new Verdict.OrderFailed(ServerReport.FaultOf(seen), PowerState.NoState, null)
        : seen.TaskState is not null || seen.Status is "BUILD" or "UNKNOWN" ? Verdict.Nothing.Instance
        : Verdict.Done.Instance;

    public Verdict JudgeGone(Believed row) => new Verdict.OrderFailed(Lost, PowerState.NoState, null);

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            // Whoever sees it active sees them in use; and what fails leaves it its image.
            await volumes.CompleteAsync(row, context, cancelled);
        }
        catch (RpcFault refused) when (refused.InnerException is CloudFault { Kind: not FaultKind.Unavailable })
        {
            await unshelving.UndoAsync(row, refused, context, cancelled);
            await end.FailedAsync(row, Event, refused, null, [], context, cancelled);
            return;
        }

        await images.DeleteAsync(row, cancelled);
        var changes = OrderEnd.State(ServerReport.PowerOf(seen!), VmStates.Active);
        changes["launched_at"] = NovaTime.Of(time.GetUtcNow());
        changes["config_drive"] = ServerReport.HasConfigDrive(seen!) ? "True" : "";
        await end.DoneAsync(
            row,
            Event,
            metadata =>
            {
                ShelvedKeys.Remove(metadata);
                metadata.Remove(ServerLink.RequestKey);
            },
            changes,
            [TaskStates.Spawning],
            context,
            cancelled);
        Log.Unshelved(log, row.Text("uuid")!, seen!.Id);
    }

    public Task CleanUpAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled) =>
        unshelving.UndoAsync(row, NovaFaults.Failed(seen is null ? Lost : ServerReport.FaultOf(seen)), context, cancelled);

    /// <summary>A server that was asked for is found by its stamp; without one there is nothing to go on with.</summary>
    public async Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var request = ServerLink.RequestOf(row) is { } known ? RpcContext.Admin(known) : context;
        try
        {
            var server = await servers.GetAsync(row, request, cancelled);
            orders.Give(row.Text("uuid")!, new(Event, request, time.GetTimestamp()));
            expectations.Expect(server.Id);
        }
        catch (RpcFault none)
        {
            await unshelving.UndoAsync(row, none, request, cancelled);
            await end.FailedAsync(row, Event, none, null, [], request, cancelled);
        }
    }
}
