using Cascade.Agent;
using Cascade.Agent.Events;
using Cascade.Agent.Verbs;
using Cascade.Contracts.Events;
using Cascade.L3Proxy.Child;
using Cascade.L3Proxy.Comparing;
using Cascade.L3Proxy.FloatingIps;
using Cascade.L3Proxy.Gateways;
using Cascade.L3Proxy.Hosts;
using Cascade.L3Proxy.Notices;
using Cascade.L3Proxy.Parent;
using Cascade.L3Proxy.Placeholders;
using Cascade.L3Proxy.Qos;
using Cascade.L3Proxy.Routers;
using Cascade.L3Proxy.Verbs;
using Cascade.L3Proxy.Watching;
using Cascade.NeutronAgent;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Qos;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.L3Proxy;

/// <summary>What the agent is made of.</summary>
internal static class Composition
{
    public static AgentBuilder AddL3Proxy(this AgentBuilder agent)
    {
        agent.AddNeutronAgent<L3Agent, L3ProxyPage, L3State>();
        agent.Options(L3ProxyOptions.Read);
        agent.Services.AddSingleton<RouterNotices>().AddSingleton<RouterPushes>().AddSingleton<ChildsOwnNotices>().AddSingleton<PortsHeard>().AddRouters().AddSingleton<IWorker>(all => all.GetRequiredService<NotUpWatch>());
        return agent.AddEvents(events => events.Hear<PortReady, PortsHeard>()).AddNeutronVerbs("l3_agent.*").AddUpgradeChecks();
    }

    /// <summary>Everything but the bus: what is asked and what is done.</summary>
    public static IServiceCollection AddRouters(this IServiceCollection services) => services
        .AddSingleton<ParentRouters>()
        .AddSingleton<ChildNetworks>()
        .AddSingleton<ExternalNetworks>()
        .AddSingleton<GatewayReservations>()
        .AddSingleton<GatewayAddresses>()
        .AddSingleton<InnerPortReader>()
        .AddSingleton<ForwardingMirroring>()
        .AddQosPolicies(QosUse.Routers)
        .AddSingleton<RouterPolicies>()
        .AddSingleton<PlaceholderMap>()
        .AddSingleton<PlaceholderMirroring>()
        .AddMirroring()
        .AddComparing();

    static IServiceCollection AddMirroring(this IServiceCollection services) => services
        .AddSingleton<RouterBook>()
        .AddSingleton<IRecovery>(all => all.GetRequiredService<RouterBook>())
        .AddSingleton<RouterMap>()
        .AddSingleton<RouterReader>()
        .AddSingleton<RouterSteps>()
        .AddSingleton<ConntrackMirroring>()
        .AddSingleton<NdpProxyMirroring>()
        .AddSingleton<RouterRemoval>()
        .AddSingleton<RouterTeller>()
        .AddSingleton<RouterMirroring>()
        .AddSingleton<RouterStatuses>()
        .AddSingleton<Agendas>()
        .AddSingleton<RouterAgendas>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<RouterAgendas>())
        .AddSingleton<IStatusSource>(all => all.GetRequiredService<RouterAgendas>())
        .AddSingleton<IHints, RouterHints>()
        .AddSingleton<NotUpWatch>();

    static IServiceCollection AddComparing(this IServiceCollection services) => services
        .AddSingleton<Strays>()
        .AddSingleton<LooseParts>()
        .AddSingleton<IResync, Comparison>()
        .AddSingleton<RouterReaper>()
        .AddSingleton<IWorker, Reaping>()
        .AddSingleton<IMirrorSource, RouterList>()
        .AddSingleton<IMirrorSource, FloatingIpList>();
}
