using Cascade.Agent;
using Cascade.Agent.Events;
using Cascade.L2Proxy.Hosts;
using Cascade.L2Proxy.Notices;
using Cascade.L2Proxy.Parent;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Verbs;
using Cascade.NeutronAgent;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.L2Proxy;

/// <summary>What the agent is made of. The nouns add themselves in <see cref="Nouns"/>.</summary>
internal static class Composition
{
    public static AgentBuilder AddL2Proxy(this AgentBuilder agent)
    {
        agent.AddNeutronAgent<OvsAgent, L2ProxyPage, OvsState>();
        agent.Options(L2ProxyOptions.Read);
        agent.Services.AddParent().AddNotices().AddSingleton<PortEvents, PortEventsTold>().AddNouns();
        return agent.AddEvents().AddNeutronVerbs("q-agent-notifier-.*").AddUpgradeChecks();
    }

    static IServiceCollection AddParent(this IServiceCollection services) => services.AddSingleton<DvrMac>().AddSingleton<TunnelEndpoints>();

    static IServiceCollection AddNotices(this IServiceCollection services) => services
        .AddSingleton<PortNotices>()
        .AddSingleton<NetworkNotices>()
        .AddSingleton<SecurityGroupNotices>()
        .AddSingleton<Pushes>();
}
