using System.Diagnostics.CodeAnalysis;
using Cascade.Agent;
using Cascade.Agent.Verbs;
using Cascade.NeutronAgent.Child;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Looking;
using Cascade.NeutronAgent.Notices;
using Cascade.NeutronAgent.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NeutronAgent;

/// <summary>What every agent of Neutron is made of, beside what is its own.</summary>
public static class NeutronAgentServices
{
    /// <summary>
    /// A service that stands for <typeparamref name="TService"/>, hears <typeparamref name="TPage"/> and reports <typeparamref name="TState"/>. What it mirrors
    /// registers itself as <see cref="IHints"/> and one <see cref="IResync"/>.
    /// </summary>
    public static AgentBuilder AddNeutronAgent<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TPage,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TState>(this AgentBuilder agent)
        where TService : class, IStandIn
        where TPage : class, INoticePage
        where TState : class, IAgentState
    {
        agent.Options(NeutronAgentOptions.Read);
        agent.Options(ChildOptions.Read);
        agent.Services
            .AddBus()
            .AddSingleton(all => all.Cloud(all.GetRequiredService<NeutronAgentOptions>().Child))
            .AddChild()
            .AddSingleton<IChildProbe, PortProbe>()
            .AddSingleton<INoticePage, TPage>()
            .AddSingleton<IAgentState, TState>()
            .AddServer()
            .AddHints()
            .AddActiveAgent<TService>();
        return agent;
    }

    /// <summary>What an operator does to every agent of Neutron, beside what is its own.</summary>
    /// <param name="topics">A regular expression for the queues and fanout exchanges of what this kind of agent hears beside the pushes of objects.</param>
    public static AgentBuilder AddNeutronVerbs(this AgentBuilder agent, string topics) => agent
        .AddMirrors("It keeps no links: what has its stamp in the child is found at every comparison, and mirror resync compares now.")
        .AddBrokerPermissions($"{topics}|neutron-vo-.*");

    static IServiceCollection AddServer(this IServiceCollection services) => services
        .AddSingleton<INeutronServer, NeutronServer>()
        .AddSingleton<ServerReadiness>()
        .AddSingleton<StateReports>()
        .AddSingleton<NoticeServer>()
        .AddSingleton<IWorker, Heartbeat>();

    static IServiceCollection AddHints(this IServiceCollection services)
    {
        services.TryAddSingleton(new AgendaOptions());
        return services
            .AddSingleton(all => new HintBook(all.GetRequiredService<NeutronAgentOptions>().HintBuffer))
            .AddSingleton<HintPump>()
            .AddSingleton<IWorker>(all => all.GetRequiredService<HintPump>())
            .AddSingleton<IStatusSource>(all => all.GetRequiredService<HintPump>())
            .AddSingleton<IWorker, Audit>();
    }
}
