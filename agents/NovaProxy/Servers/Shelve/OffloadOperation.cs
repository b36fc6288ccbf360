using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>An offload under way: the guest is stopped if it runs, and it is done when the server is gone.</summary>
internal sealed class OffloadOperation(GuestStop stop, Offload offload) : IServerOperation
{
    public string Event => Events.ShelveOffload;

    public bool IsUnderWay(Believed row) => row.TaskState == TaskStates.ShelvingOffloading;

    /// <summary>It is at rest: stopped, or in error, or it should go and does not and is asked again.</summary>
    public Verdict Judge(Believed row, Server seen, bool answers) =>
        ServerActuator.IsSoftDeleted(seen) || (answers && seen.TaskState is null) ? Verdict.Done.Instance : Verdict.Nothing.Instance;

    public Verdict JudgeGone(Believed row) => Verdict.Done.Instance;

    public async Task CompleteAsync(VersionedObject row, Server? seen, RpcContext context, CancellationToken cancelled)
    {
        var open = offload.Open(row, context);
        try
        {
            if (seen is { Status: "ERROR" })
            {
                throw NovaFaults.Failed($"deleting the server in the child failed: {ServerReport.FaultOf(seen)}");
            }

            if (seen is { Status: "ACTIVE" } && row.Text("vm_state") != VmStates.Shelved)
            {
                throw NovaFaults.InstancePowerOffFailure(ServerReport.Failed(seen, "stop").Reason);
            }

            await offload.GoOnAsync(row, open.Event, open.Context, cancelled);
        }
        catch (RpcFault fault) when (fault.InnerException is not CloudFault { Kind: FaultKind.Unavailable })
        {
            await offload.FailAsync(row, open.Event, fault, open.Context, cancelled);
        }
    }

    public async Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        var open = offload.Open(row, context);
        if (row.Text("vm_state") == VmStates.Shelved || !await stop.GiveAsync(row, open.Event, open.Context, cancelled))
        {
            await CompleteAsync(row, null, context, cancelled);
        }
    }
}
