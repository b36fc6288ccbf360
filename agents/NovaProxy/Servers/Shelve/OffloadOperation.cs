using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>An offload under way: done when the server is gone.</summary>
internal sealed class OffloadOperation(Offload offload) : IServerOperation
{
    public string Event => Events.ShelveOffload;

    public bool IsUnderWay(Believed row) => row.TaskState == TaskStates.ShelvingOffloading;

    /// <summary>It should go and does not: in error, or asked again.</summary>
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

            await offload.GoOnAsync(row, open.Event, open.Context, cancelled);
        }
        catch (RpcFault fault)
        {
            await offload.FailAsync(row, open.Event, fault, open.Context, cancelled);
        }
    }

    public Task ResumeAsync(VersionedObject row, RpcContext context, CancellationToken cancelled) => CompleteAsync(row, null, context, cancelled);
}
