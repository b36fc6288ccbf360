using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.Objects;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Rebuild;

/// <summary>
/// An evacuation to this host, which native refuses as a driver without it does: its migration failed and the instance an error (nova/compute/manager.py:
/// rebuild_instance, _do_rebuild_instance).
/// </summary>
internal sealed class EvacuationRefusal(IConductor conductor)
{
    public async Task<RpcFault> RefuseAsync(RebuildInstance call, RpcContext context, CancellationToken cancelled)
    {
        if (call.Migration is { } migration)
        {
            var data = new JsonObject { ["id"] = migration.Number("id"), ["status"] = "failed" };
            await conductor.ObjectActionAsync(context.Elevated(), NovaObjects.New(NovaObjects.Migration, data, ["status"]), "save", [], [], cancelled);
        }

        return NovaFaults.Nova("InstanceEvacuateNotSupported", "Instance evacuate is not supported: its disk is in another cloud.", 400);
    }
}
