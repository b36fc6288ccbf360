using Cascade.Agent;
using Cascade.Agent.Events;
using Cascade.Agent.Verbs;
using Cascade.Contracts.Events;
using Cascade.Contracts.Nova.Notifications;
using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Consoles;
using Cascade.NovaProxy.Hosts;
using Cascade.Images;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Delete;
using Cascade.NovaProxy.Servers.Details;
using Cascade.NovaProxy.Servers.Groups;
using Cascade.NovaProxy.Servers.Resize;
using Cascade.NovaProxy.Servers.Shelve;
using Cascade.NovaProxy.Usage;
using Cascade.NovaProxy.Verbs;
using Cascade.NovaProxy.Volumes;
using Cascade.NovaProxy.Zones;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy;

/// <summary>What the agent is made of.</summary>
internal static class Composition
{
    /// <summary>nova's, in every cloud unless its operator says otherwise (nova/rpc.py: set_defaults).</summary>
    const string ControlExchange = "nova";

    public static AgentBuilder AddNovaProxy(this AgentBuilder agent)
    {
        agent.Options(NovaProxyOptions.Read);
        agent.Options(ChildOptions.Read);
        agent.Options(reader => ChildNoticesOptions.Read(reader, agent.Rabbit, ControlExchange, InstanceNotice.Topics, agent.Agent.Host));
        agent.Options(ImageOptions.Read);
        agent.Options(NetworksOptions.Read);
        agent.Options(ResizeOptions.Read);
        agent.Options(ShelveOptions.Read);
        agent.Options(ConsoleOptions.Read);
        agent.Options(ReclaimOptions.Read);
        agent.Options(DetailsOptions.Read);
        agent.Options(VolumesOptions.Read);
        agent.Options(GroupOptions.Read);
        agent.Options(CapacityOptions.Read);
        agent.Options(UsageOptions.Read);
        agent.Options(ZoneOptions.Read);
        agent.Services.AddBus().AddClouds().AddParent(agent.Agent).AddHost().AddServers().AddNetworks().AddConsoles().AddUsage();
        return agent.AddEvents(events => events.Hear<PortReady, PortsHeard>().Hear<PortActive, PortsHeard>()).AddMirrors().AddBrokerPermissions(@"compute(-alt)?\..*").AddDeadLetters($"compute.{agent.Agent.Host}", $"compute-alt.{agent.Agent.Host}").AddUpgradeChecks();
    }

    static IServiceCollection AddClouds(this IServiceCollection services) => services
        .AddSingleton(all => all.Cloud(all.GetRequiredService<NovaProxyOptions>().Child))
        .AddSingleton(all =>
        {
            var options = all.GetRequiredService<NovaProxyOptions>();
            return new ParentClouds(all.Cloud(options.Placement), all.Cloud(options.Glance), all.Cloud(options.Neutron), all.Cloud(options.Cinder));
        });

    static IServiceCollection AddParent(this IServiceCollection services, AgentOptions agent) => services
        .AddSingleton(new HostIdentity(agent.Host))
        .AddSingleton(new HostAddress(agent.MyIp))
        .AddSingleton(ServersRoom.Queue(agent.ExecutorThreadPoolSize))
        .AddSingleton<IConductor, Conductor>()
        .AddSingleton<ParentRelease>()
        .AddSingleton<ParentReadiness>()
        .AddSingleton<ServiceRecords>()
        .AddSingleton<HostMappings>()
        .AddSingleton<ServiceKeeper>()
        .AddSingleton<ComputeNodes>()
        .AddSingleton<ParentProvider>()
        .AddSingleton<IAllocations, Allocations>()
        .AddSingleton<Instances>()
        .AddSingleton<ActionEvents>()
        .AddSingleton<InstanceFaults>()
        .AddSingleton<InstanceBoundary>()
        .AddSingleton<ConsoleAuths>()
        .AddSingleton<Bdms>()
        .AddSingleton<ComputeTask>()
        .AddSingleton<IOwnUse, OwnUseOfInstances>()
        .AddSingleton<ChildProviders>()
        .AddSingleton<ChildMoves>()
        .AddSingleton<ChildCapacity>()
        .AddSingleton<HostKeeper>()
        .AddSingleton<IWorker, Heartbeat>()
        .AddSingleton<IWorker, HostPasses>()
        .AddSingleton<IWorker, ReleaseWatch>();

    static IServiceCollection AddHost(this IServiceCollection services) => services
        .AddSingleton<PingHandler>()
        .AddSingleton<CacheImagesHandler>()
        .AddSingleton<GetHostUptimeHandler>()
        .AddSingleton<SetHostEnabledHandler>()
        .AddSingleton<DeclinedAftercare>()
        .AddSingleton<ServerFactory>()
        .AddActiveAgent<ComputeService>();
}
