using Cascade.Agent;
using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Hosts;
using Cascade.NovaProxy.Images;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Verbs;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What the agent is made of.</summary>
internal static class Composition
{
    public static AgentBuilder AddNovaProxy(this AgentBuilder agent)
    {
        agent.Options(NovaProxyOptions.Read);
        agent.Options(ChildOptions.Read);
        agent.Options(ImageOptions.Read);
        agent.Services.AddBus().AddClouds().AddParent(agent.Agent).AddHost().AddServers();
        return agent.AddMirrors().AddDeadLetters().AddUpgradeChecks();
    }

    static IServiceCollection AddBus(this IServiceCollection services) => services
        .AddSingleton(all => new RabbitTransport(all.GetRequiredService<RabbitOptions>(), all.GetRequiredService<ILoggerFactory>(), all.GetRequiredService<TimeProvider>()))
        .AddSingleton(all => all.GetRequiredService<RabbitTransport>().Caller);

    static IServiceCollection AddClouds(this IServiceCollection services) => services
        .AddSingleton(all => Cloud(all, all.GetRequiredService<NovaProxyOptions>().Child))
        .AddSingleton(all =>
        {
            var options = all.GetRequiredService<NovaProxyOptions>();
            return new ParentClouds(Cloud(all, options.Placement), Cloud(all, options.Glance), Cloud(all, options.Neutron));
        });

    static IServiceCollection AddParent(this IServiceCollection services, AgentOptions agent) => services
        .AddSingleton(new HostIdentity(agent.Host))
        .AddSingleton(new HostAddress(agent.MyIp))
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
        .AddSingleton<ChildCapacity>()
        .AddSingleton<HostKeeper>()
        .AddSingleton<IWorker, Heartbeat>()
        .AddSingleton<IWorker, HostPasses>()
        .AddSingleton<IWorker, ReleaseWatch>();

    static IServiceCollection AddHost(this IServiceCollection services) => services
        .AddSingleton<PingHandler>()
        .AddSingleton<CacheImagesHandler>()
        .AddSingleton<ExternalEventHandler>()
        .AddSingleton<GetHostUptimeHandler>()
        .AddSingleton<SetHostEnabledHandler>()
        .AddSingleton<DeclinedAftercare>()
        .AddSingleton<ServerFactory>()
        .AddSingleton<ServingSwitch>()
        .AddSingleton<IRpcServer>(all => all.GetRequiredService<ServingSwitch>())
        .AddSingleton<WorkerLoop>()
        .AddHostedService<ActiveAgent>();

    static Cloud Cloud(IServiceProvider all, CloudOptions options) => new(options, all.GetRequiredService<ILogger<Cloud>>(), all.GetRequiredService<TimeProvider>());
}
