using Cascade.Agent;
using Cascade.Agent.Events;
using Cascade.Agent.Verbs;
using Cascade.L2Proxy.Child;
using Cascade.L2Proxy.Hints;
using Cascade.L2Proxy.Hosts;
using Cascade.L2Proxy.Notices;
using Cascade.L2Proxy.Parent;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Verbs;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.L2Proxy;

/// <summary>What the agent is made of. The nouns add themselves in <see cref="Nouns"/>.</summary>
internal static class Composition
{
    public static AgentBuilder AddL2Proxy(this AgentBuilder agent)
    {
        agent.Options(L2ProxyOptions.Read);
        agent.Options(ChildOptions.Read);
        agent.Services.AddBus().AddClouds().AddParent().AddHints().AddHost().AddSingleton<PortEvents, PortEventsTold>().AddNouns();
        return agent.AddEvents().AddMirrors().AddUpgradeChecks();
    }

    static IServiceCollection AddClouds(this IServiceCollection services) => services
        .AddSingleton(all => all.Cloud(all.GetRequiredService<L2ProxyOptions>().Child))
        .AddChild()
        .AddSingleton<IChildProbe, PortProbe>();

    static IServiceCollection AddParent(this IServiceCollection services) => services
        .AddSingleton<INeutronServer, NeutronServer>()
        .AddSingleton<ServerReadiness>()
        .AddSingleton<StateReports>()
        .AddSingleton<TunnelEndpoints>()
        .AddSingleton<IWorker, Heartbeat>();

    static IServiceCollection AddHints(this IServiceCollection services) => services
        .AddSingleton(all => new HintBook(all.GetRequiredService<L2ProxyOptions>().HintBuffer))
        .AddSingleton<PortNotices>()
        .AddSingleton<NetworkNotices>()
        .AddSingleton<SecurityGroupNotices>()
        .AddSingleton<Pushes>()
        .AddSingleton<HintPump>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<HintPump>())
        .AddSingleton<IStatusSource>(all => all.GetRequiredService<HintPump>())
        .AddSingleton<IWorker, Audit>();

    static IServiceCollection AddHost(this IServiceCollection services) => services
        .AddSingleton<NoticeServer>()
        .AddActiveAgent<OvsAgent>();
}
