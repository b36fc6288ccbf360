using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// Instance action events: what <c>openstack server event show</c> lists. They attach to the action of the context's request id, so the request's
/// own context must be used (nova/db/main/api.py: action_event_start).
/// </summary>
internal sealed class ActionEvents(IConductor conductor, HostIdentity identity)
{
    /// <exception cref="RpcFault">InstanceActionNotFound: the request id began no action of this instance.</exception>
    public Task StartAsync(RpcContext context, string uuid, string name, CancellationToken cancelled)
    {
        var kwargs = new JsonObject { ["want_result"] = false, ["host"] = identity.Host };
        return conductor.ClassActionAsync(context, NovaObjects.InstanceActionEvent, "event_start", new(uuid, name), kwargs, cancelled);
    }

    /// <summary>Success without a fault, else Error with the fault's words; the action itself is marked Error then.</summary>
    public Task FinishAsync(RpcContext context, string uuid, string name, Exception? fault, CancellationToken cancelled)
    {
        var kwargs = new JsonObject
        {
            ["exc_val"] = fault is null ? null : FaultText.Message(fault),
            ["exc_tb"] = fault is null ? null : FaultText.Details(fault),
            ["want_result"] = false,
        };
        return conductor.ClassActionAsync(context, NovaObjects.InstanceActionEvent, "event_finish_with_failure", new(uuid, name), kwargs, cancelled);
    }

    /// <summary>As <see cref="FinishAsync"/>; one that is not there (an earlier life ended it, the row is gone) is no failure.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> TryFinishAsync(ILogger log, RpcContext context, string uuid, string name, Exception? fault, CancellationToken cancelled)
    {
        try
        {
            await FinishAsync(context, uuid, name, fault, cancelled);
            return true;
        }
        catch (RpcFault missing)
        {
            Log.EventUnfinished(log, missing, name, uuid);
            return false;
        }
    }

    /// <summary>
    /// Begins an action of our own: only <c>stop</c>, by power sync (nova/compute/api.py: API.force_stop). <paramref name="context"/> must be fresh, with a
    /// request id of its own; the event that follows uses the same one.
    /// </summary>
    public Task ActionStartAsync(RpcContext context, string uuid, string action, CancellationToken cancelled) =>
        conductor.ClassActionAsync(
            context, NovaObjects.InstanceAction, "action_start", new(uuid, action), new() { ["want_result"] = false }, cancelled);
}
