using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L2Proxy.Notices;

/// <summary>What the server casts about ports.</summary>
internal sealed class PortNotices(HintBook book) : IHandle<PortUpdate>, IHandle<PortDelete>, IHandle<BindingActivate>, IHandle<BindingDeactivate>
{
    public Task<JsonNode?> HandleAsync(PortUpdate call, RpcContext context, CancellationToken cancelled)
    {
        if (call.Read() is { } port)
        {
            book.Add(Of(port, HintEvents.Changed));
        }

        return Nothing.Said;
    }

    public Task<JsonNode?> HandleAsync(PortDelete call, RpcContext context, CancellationToken cancelled) => Note(call.PortId, HintEvents.Deleted);

    // Both ends of a migration have to look: the host named is only one of them.
    public Task<JsonNode?> HandleAsync(BindingActivate call, RpcContext context, CancellationToken cancelled) => Note(call.PortId, HintEvents.Changed);

    public Task<JsonNode?> HandleAsync(BindingDeactivate call, RpcContext context, CancellationToken cancelled) => Note(call.PortId, HintEvents.Changed);

    /// <summary>A port as it was told.</summary>
    public static Hint Of(NeutronPort port, HintEvents events) => new(NeutronObjects.Port, port.Id, events)
    {
        Owner = port.NetworkId,
        // Bound nowhere is told by an empty host (a dictionary) or by no binding at all (an object): a port that has just been detached.
        Hosts = events.HasFlag(HintEvents.Deleted) ? null : port.Bindings.Select(binding => binding.Host ?? "").ToHashSet(StringComparer.Ordinal),
    };

    Task<JsonNode?> Note(string? id, HintEvents events)
    {
        if (id is not null)
        {
            book.Add(new(NeutronObjects.Port, id, events));
        }

        return Nothing.Said;
    }
}
