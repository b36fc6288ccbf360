using Cascade.Agent;
using Cascade.Agent.Verbs;
using Cascade.L2Proxy.AddressGroups;
using Cascade.L2Proxy.Qos;
using Cascade.L2Proxy.SecurityGroups;
using Cascade.L2Proxy.Trunks;
using Cascade.NeutronAgent.Hints;
using Cascade.NeutronAgent.Qos;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.L2Proxy;

/// <summary>Security groups, address groups, QoS policies and trunks, put together.</summary>
internal static class GroupsRoom
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services.AddSecurityGroups().AddQosPolicies(QosUse.Ports).AddTrunks()
        .AddSingleton<IMirrorSource, QosList>()
        .AddSingleton<GroupAgendas>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<GroupAgendas>())
        .AddSingleton<IStatusSource>(all => all.GetRequiredService<GroupAgendas>());

    static IServiceCollection AddSecurityGroups(this IServiceCollection services) => services
        .AddSingleton<GroupBook>()
        .AddSingleton<GroupReader>()
        .AddSingleton<GroupWriter>()
        .AddSingleton<GroupReconciler>()
        .AddSingleton<AddressGroupReader>()
        .AddSingleton<AddressGroupMirroring>()
        .AddSingleton<SecurityGroupMirroring>()
        .AddSingleton<ISecurityGroups>(all => all.GetRequiredService<SecurityGroupMirroring>())
        .AddSingleton<IHints>(all => all.GetRequiredService<SecurityGroupMirroring>())
        .AddSingleton<IMirrorSource, SecurityGroupList>()
        .AddSingleton<IMirrorSource, AddressGroupList>();

    static IServiceCollection AddTrunks(this IServiceCollection services) => services
        .AddSingleton<TrunkMirroring>()
        .AddSingleton<ITrunks>(all => all.GetRequiredService<TrunkMirroring>())
        .AddSingleton<IHints>(all => all.GetRequiredService<TrunkMirroring>())
        .AddSingleton<IMirrorSource, TrunkList>();
}
