using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Notices;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Routers;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Notices;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.L3Proxy.Notices;

/// <summary>Objects that belong to a router and of which nothing but their push is told: port forwardings, conntrack helpers, NDP proxies. They go to everybody.</summary>
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
            if (router is not null)
            {
                book.Add(new(RouterHints.PartOfRouter, router, HintEvents.Changed));
            }
        }

        return Nothing.Said;
    }
}
