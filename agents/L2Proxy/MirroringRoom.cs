using Cascade.Agent;
using Cascade.Agent.Verbs;
using Cascade.L2Proxy.Comparing;
using Cascade.L2Proxy.Mirroring;
using Cascade.L2Proxy.Networks;
using Cascade.L2Proxy.Parent;
using Cascade.L2Proxy.Ports;
using Cascade.L2Proxy.Watching;
using Cascade.NeutronAgent;
using Cascade.NeutronAgent.Hints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.L2Proxy;

/// <summary>Networks, subnets and ports, put together.</summary>
internal static class MirroringRoom
{
    public static IServiceCollection AddMirroring(this IServiceCollection services)
    {
        services.TryAddSingleton<PortEvents>();
        services.TryAddSingleton(all => MirrorRules.Of(all.GetRequiredService<AgentOptions>().Host, all.GetRequiredService<NeutronAgentOptions>(), all.GetRequiredService<L2ProxyOptions>()));
        return services.AddViews().AddNetworks().AddPorts().AddComparing();
    }

    static IServiceCollection AddViews(this IServiceCollection services) => services
        .AddSingleton<MirrorState>()
        .AddSingleton<IRecovery>(all => all.GetRequiredService<MirrorState>())
        .AddSingleton<ParentView>()
        .AddSingleton<ChildNetworks>()
        .AddSingleton<Agendas>()
        .AddSingleton<MirrorAgendas>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<MirrorAgendas>())
        .AddSingleton<IStatusSource>(all => all.GetRequiredService<MirrorAgendas>())
        .AddSingleton<IHints, MirrorHints>();

    static IServiceCollection AddNetworks(this IServiceCollection services) => services
        .AddSingleton<NetworkBook>()
        .AddSingleton<Reservations>()
        .AddSingleton<NetworkMirroring>();

    static IServiceCollection AddPorts(this IServiceCollection services) => services
        .AddSingleton<PortBook>()
        .AddSingleton<IServedPorts, ServedPorts>()
        .AddSingleton<PortTeller>()
        .AddSingleton<PortRemoval>()
        .AddSingleton<RouterPortBook>()
        .AddSingleton<RouterPortMirroring>()
        .AddSingleton<PortConflicts>()
        .AddSingleton<PortExpectations>()
        .AddSingleton<PortMirroring>()
        .AddSingleton<PortMarking>()
        .AddSingleton<PortWatch>()
        .AddSingleton<PortWatching>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<PortWatching>());

    static IServiceCollection AddComparing(this IServiceCollection services) => services
        .AddSingleton<Strays>()
        .AddSingleton<ChildReader>()
        .AddSingleton<NetworkComparison>()
        .AddSingleton<IResync, Comparison>()
        .AddSingleton<PortReaper>()
        .AddSingleton<NetworkReaper>()
        .AddSingleton<IWorker, Reaping>()
        .AddSingleton<PortList>()
        .AddSingleton<NetworkList>()
        .AddSingleton<IMirrorSource>(all => all.GetRequiredService<PortList>())
        .AddSingleton<IMirrorSource>(all => all.GetRequiredService<NetworkList>());
}
