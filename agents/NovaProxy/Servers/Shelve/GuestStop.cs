using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Servers.Power;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Servers.Shelve;

/// <summary>
/// Stops a guest whose server is to leave the child, so that what it has not written yet is on its disks: a delete alone pulls the plug (nova/compute/manager.py:
/// _power_off_instance against _shutdown_instance). One that is paused or suspended stands still as it is: a child stops only what runs (nova/compute/api.py: stop).
/// </summary>
internal sealed class GuestStop(ChildServers servers, ServerOrder order, ServerRefusals refusals)
{
    /// <summary>Within the instance's turn.</summary>
    /// <returns>False when there is nothing to wait for.</returns>
    /// <exception cref="RpcFault">The child refuses.</exception>
    public async Task<bool> GiveAsync(VersionedObject row, string @event, RpcContext context, CancellationToken cancelled)
    {
        if (await FindAsync(row, context, cancelled) is null or { Status: "SHUTOFF" or "PAUSED" or "SUSPENDED" })
        {
            return false;
        }

        await order.GiveAsync(
            row,
            context,
            @event,
            "stopping the server in the child",
            seen => seen.Status == "SHUTOFF" || seen.TaskState == TaskStates.PoweringOff,
            (api, scope, id, stop) => api.StopAsync(scope, id, stop),
            cancelled);
        return true;
    }

    async Task<Server?> FindAsync(VersionedObject row, RpcContext context, CancellationToken cancelled)
    {
        try
        {
            return await refusals.AskAsync("looking at the server in the child", () => servers.GetAsync(row, context.Elevated(), cancelled), cancelled);
        }
        catch (RpcFault none) when (none.InnerException is not CloudFault)
        {
            return null;
        }
    }
}
