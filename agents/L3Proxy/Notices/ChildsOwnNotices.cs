using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.L3;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L3Proxy.Notices;

/// <summary>Words about namespaces and ARP tables of a machine that routes: here the child's own L3 agents do, and its server tells them.</summary>
internal sealed class ChildsOwnNotices : IHandle<AddArpEntry>, IHandle<DelArpEntry>, IHandle<FipNamespaceDeleteOnExtNet>
{
    public Task<JsonNode?> HandleAsync(AddArpEntry call, RpcContext context, CancellationToken cancelled) => Nothing.Said;

    public Task<JsonNode?> HandleAsync(DelArpEntry call, RpcContext context, CancellationToken cancelled) => Nothing.Said;

    public Task<JsonNode?> HandleAsync(FipNamespaceDeleteOnExtNet call, RpcContext context, CancellationToken cancelled) => Nothing.Said;
}
