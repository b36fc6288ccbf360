using System.Diagnostics.CodeAnalysis;
using Cascade.Agent.Child;
using Cascade.OpenStack;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent.Serving;

/// <summary>What every agent is made of, beside what is its own.</summary>
public static class AgentServices
{
    /// <summary>The parent's bus: <see cref="RabbitTransport"/> and <see cref="IRpcCaller"/>, and the component <c>broker</c> of the health.</summary>
    public static IServiceCollection AddBus(this IServiceCollection services) => services
        .AddSingleton(all => new RabbitTransport(all.GetRequiredService<RabbitOptions>(), all.GetRequiredService<ILoggerFactory>(), all.GetRequiredService<TimeProvider>()))
        .AddSingleton(all => all.GetRequiredService<RabbitTransport>().Caller)
        .AddHostedService<BrokerHealth>();

    /// <summary>A cloud of these options.</summary>
    public static Cloud Cloud(this IServiceProvider all, CloudOptions options) => new(options, all.GetRequiredService<ILogger<Cloud>>(), all.GetRequiredService<TimeProvider>());

    /// <summary>
    /// The child as <see cref="ChildCloud"/> over the <see cref="OpenStack.Cloud"/> that is registered, and whether it answers
    /// (<see cref="IChildHealth"/>) by the registered <see cref="IChildProbe"/>s.
    /// </summary>
    public static IServiceCollection AddChild(this IServiceCollection services)
    {
        services.TryAddSingleton(new ChildOptions());
        return services
            .AddSingleton<ChildCloud>()
            .AddSingleton<ChildHealth>()
            .AddSingleton<IChildHealth>(all => all.GetRequiredService<ChildHealth>())
            .AddSingleton<IWorker>(all => all.GetRequiredService<ChildHealth>())
            .AddSingleton<IStatusSource, ChildStatus>();
    }

    /// <summary>Runs the registered <see cref="IRecovery"/> and <see cref="IWorker"/> while this copy is the active one, in the place of <typeparamref name="TService"/>.</summary>
    public static IServiceCollection AddActiveAgent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(this IServiceCollection services)
        where TService : class, IStandIn => services
        .AddSingleton<IStandIn, TService>()
        .AddSingleton<ServingSwitch>()
        .AddSingleton<IRpcServer>(all => all.GetRequiredService<ServingSwitch>())
        .AddSingleton<WorkerLoop>()
        .AddSingleton<IBacklog, Backlog>()
        .AddSingleton<QueueLooks>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<QueueLooks>())
        .AddSingleton<IStatusSource>(all => all.GetRequiredService<QueueLooks>())
        .AddSingleton<IStatusSource, ServiceStatus>()
        .AddHostedService<ActiveAgent>();
}
