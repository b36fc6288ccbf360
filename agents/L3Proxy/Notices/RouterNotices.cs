using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.L3;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L3Proxy.Notices;

/// <summary>
/// What the server says of routers. That one was added is a call, which is answered at once: the administrator's request waits for it. Only what is
/// addressed to this host, and what is told of a router that is here, may be asked for (sync_routers binds what it answers).
/// </summary>
internal sealed class RouterNotices(HintBook book) :
    IHandle<RoutersUpdated>, IHandle<RouterAddedToAgent>, IHandle<RouterDeleted>, IHandle<RouterRemovedFromAgent>, IHandle<AgentUpdated>
{
    public Task<JsonNode?> HandleAsync(RoutersUpdated call, RpcContext context, CancellationToken cancelled) => Note(call.Ids(), HintEvents.Changed);

    public Task<JsonNode?> HandleAsync(RouterAddedToAgent call, RpcContext context, CancellationToken cancelled) => Note(call.Ids(), HintEvents.Changed);

    public Task<JsonNode?> HandleAsync(RouterDeleted call, RpcContext context, CancellationToken cancelled) => Note([call.RouterId], HintEvents.Deleted);

    public Task<JsonNode?> HandleAsync(RouterRemovedFromAgent call, RpcContext context, CancellationToken cancelled) => Note([call.RouterId()], HintEvents.Deleted);

    public Task<JsonNode?> HandleAsync(AgentUpdated call, RpcContext context, CancellationToken cancelled)
    {
        book.Resync($"an operator {(call.AdminStateUp() is false ? "disabled" : "enabled")} the agent");
        return Nothing.Said;
    }

    Task<JsonNode?> Note(IEnumerable<string?> ids, HintEvents events)
    {
        foreach (var id in ids.OfType<string>())
        {
            book.Add(new(RouterHints.Router, id, events));
        }

        return Nothing.Said;
    }
}
