using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Servers.Watching;

/// <summary>A server that fell into error in the child with nothing under way (its host died, its operator reset it), or that is well again. Within the instance's turn.</summary>
internal sealed class ErrorChange(Instances instances, InstanceFaults faults, ILogger<ErrorChange> log)
{
    public async Task TellAsync(VersionedObject row, Verdict.Errored errored, CancellationToken cancelled)
    {
        var (uuid, context) = (row.Text("uuid")!, RequestIds.Admin());
        var changes = new JsonObject { ["power_state"] = (int)errored.Power, ["vm_state"] = VmStates.Error };
        if (!await SaveAsync(uuid, metadata => ErrorMark.Put(metadata, row.Text("vm_state") ?? VmStates.Active), changes, cancelled))
        {
            return;
        }

        await faults.AddAsync(context, uuid, NovaFaults.Failed(errored.Reason), cancelled);
        Log.ServerErrored(log, ServerLink.Of(row) ?? "?", uuid, errored.Reason);
    }

    public async Task TellAsync(VersionedObject row, Verdict.Recovered recovered, CancellationToken cancelled)
    {
        var uuid = row.Text("uuid")!;
        var changes = new JsonObject();
        if (recovered.VmState is { } vmState)
        {
            (changes["power_state"], changes["vm_state"]) = ((int)recovered.Power, vmState);
        }

        if (await SaveAsync(uuid, ErrorMark.Remove, changes, cancelled))
        {
            Log.ServerRecovered(log, ServerLink.Of(row) ?? "?", uuid, recovered.VmState ?? row.Text("vm_state") ?? "-");
        }
    }

    /// <returns>False when somebody was faster: his intent is younger than what we saw (D7).</returns>
    async Task<bool> SaveAsync(string uuid, Action<JsonObject> edit, JsonObject changes, CancellationToken cancelled)
    {
        try
        {
            await instances.SaveSystemMetadataAsync(RequestIds.Admin(), uuid, edit, changes, [null], cancelled);
            return true;
        }
        catch (RpcFault busy) when (busy.IsBusy() || busy.IsGoing())
        {
            return false;
        }
    }
}
