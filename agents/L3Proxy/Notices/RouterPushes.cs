using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L3Proxy.Notices;

/// <summary>What of routers is told by pushes alone, which go to everybody: port forwardings, conntrack helpers, NDP proxies, and the rules of QoS policies.</summary>
internal sealed class RouterPushes(HintBook book) : IHandle<Push>
{
    public Task<JsonNode?> HandleAsync(Push call, RpcContext context, CancellationToken cancelled)
    {
        foreach (var resource in call.Resources())
        {
            var router = resource.Name switch
            {
                NeutronObjects.PortForwarding => NeutronPortForwarding.Read(resource)?.RouterId,
                NeutronObjects.ConntrackHelper => NeutronConntrackHelper.Read(resource)?.RouterId,
                NeutronObjects.NdpProxy => NeutronNdpProxy.Read(resource)?.RouterId,
                _ => null,
            };
            if (resource.Name == NeutronObjects.QosPolicy && resource.Text("id") is { } policy)
            {
                book.Add(new(NeutronObjects.QosPolicy, policy, call.IsDeletion ? HintEvents.Deleted : HintEvents.Changed));
            }

            if (router is not null)
            {
                book.Add(new(RouterHints.PartOfRouter, router, HintEvents.Changed));
            }
        }

        return Nothing.Said;
    }
}
