using Cascade.Agent.Verbs;
using Cascade.Mirror.Queue;
using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Child;
using Cascade.NovaProxy.Flavors;
using Cascade.Images;
using Cascade.NovaProxy.Keypairs;
using Cascade.NovaProxy.Parent;
using Cascade.NovaProxy.Servers.Build;
using Cascade.NovaProxy.Servers.Delete;
using Cascade.NovaProxy.Servers.Details;
using Cascade.NovaProxy.Servers.Evacuate;
using Cascade.NovaProxy.Servers.Groups;
using Cascade.NovaProxy.Servers.Guests;
using Cascade.NovaProxy.Servers.Operations;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Rebuild;
using Cascade.NovaProxy.Servers.Rescue;
using Cascade.NovaProxy.Servers.Resize;
using Cascade.NovaProxy.Servers.Shelve;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.NovaProxy.Servers.Watching;
using Cascade.NovaProxy.Volumes;
using Cascade.NovaProxy.Zones;
using Cascade.OpenStack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cascade.NovaProxy.Servers;

/// <summary>The child-facing half, put together. A plain <see cref="Cloud"/> is the child; the parent's are in <see cref="ParentClouds"/>.</summary>
internal static class ServersRoom
{
    /// <summary>Above the two prefetches of 1,024 and whatever the watch may have under way.</summary>
    const int Capacity = 4096;

    /// <param name="budget">Instances worked on at once; a build that waits for its image does not count.</param>
    public static KeyedQueue Queue(int budget) => new(budget, Capacity);

    public static IServiceCollection AddServers(this IServiceCollection services)
    {
        services.TryAddSingleton(new ImageOptions());
        services.TryAddSingleton(new ChildNoticesOptions(null, new("", "nova", [])));
        services.TryAddSingleton(Queue(64));
        return services.AddChildSide().AddHandlers().AddOperations().AddWatching()
            .AddDetails()
            .AddEvacuations()
            .AddGroups()
            .AddRebuild()
            .AddRescue()
            .AddResizes()
            .AddShelve()
            .AddSnapshots()
            .AddVolumes()
            .AddZones();
    }

    static IServiceCollection AddChildSide(this IServiceCollection services)
    {
        services.AddChild();
        services.AddSingleton<IChildProbe, ServerProbe>();
        services.AddSingleton<IWorker, ChildGate>();
        services.AddSingleton(provider => new ParentImages(provider.GetRequiredService<ParentClouds>().Glance));
        services.AddSingleton<IImageFaults, ImageFaults>();
        services.AddSingleton<ChildImages>();
        services.TryAddSingleton(new CapacityOptions());
        services.AddSingleton<ChildCustoms>();
        services.AddSingleton<ChildFlavors>();
        services.AddSingleton<ChildKeypairs>();
        services.AddSingleton<ChildServers>();
        services.AddSingleton<LinkBook>();
        services.AddSingleton<Orders>();
        services.AddSingleton<Expectations>();
        services.AddSingleton<ServerRefusals>();
        return services;
    }

    static IServiceCollection AddHandlers(this IServiceCollection services)
    {
        services.AddSingleton<BuildSteps>();
        services.AddSingleton<ServerMaker>();
        services.AddSingleton<BuildEnd>();
        services.AddSingleton<BuildServer>();
        services.AddSingleton<Deletion>();
        services.AddSingleton<TerminateServer>();
        services.TryAddSingleton(new ReclaimOptions());
        services.AddSingleton<Reclaiming>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<Reclaiming>());
        services.AddSingleton<ServerOrder>();
        services.AddSingleton<OrderIntake>();
        services.AddSingleton<CallIntake>();
        services.AddSingleton<ConsoleLog>();
        return services;
    }

    static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<ServerOperations>()
        .AddPower()
        .AddGuests();

    static IServiceCollection AddWatching(this IServiceCollection services)
    {
        services.AddSingleton<OrderEnd>();
        services.AddSingleton<PowerChange>();
        services.AddSingleton<ErrorChange>();
        services.AddSingleton<ServerTeller>();
        services.AddSingleton<ServerWatch>();
        services.AddSingleton<ServerWatching>();
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<ServerWatching>());
        services.AddSingleton<IWorker, ServerNotices>();
        services.AddSingleton<Resumption>();
        services.AddSingleton<IRecovery>(provider => provider.GetRequiredService<Resumption>());
        services.AddSingleton<IWorker>(provider => provider.GetRequiredService<Resumption>());
        services.AddSingleton<ServerReaper>();
        services.AddSingleton<IWorker, Reaping>();
        services.AddSingleton<MirrorList>();
        services.AddSingleton<IAdoption, Adoption>();
        services.AddSingleton<IMirrorSource>(provider => provider.GetRequiredService<MirrorList>());
        return services;
    }
}
