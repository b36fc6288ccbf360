using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L2Proxy.Notices;

/// <summary>What the server casts about networks.</summary>
internal sealed class NetworkNotices(HintBook book) : IHandle<NetworkUpdate>, IHandle<NetworkDelete>
{
    public Task<JsonNode?> HandleAsync(NetworkUpdate call, RpcContext context, CancellationToken cancelled) => Note(call.Read()?.Id, HintEvents.Changed);

    public Task<JsonNode?> HandleAsync(NetworkDelete call, RpcContext context, CancellationToken cancelled) => Note(call.NetworkId, HintEvents.Deleted);

    Task<JsonNode?> Note(string? id, HintEvents events)
    {
        if (id is not null)
        {
            book.Add(new(NeutronObjects.Network, id, events));
        }

        return Nothing.Said;
    }
}
