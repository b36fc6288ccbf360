using Cascade.Agent;
using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Attachments;
using Cascade.CinderProxy.Backups;
using Cascade.CinderProxy.Capacity;
using Cascade.CinderProxy.Child;
using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Parent.Database;
using Cascade.CinderProxy.Snapshots;
using Cascade.CinderProxy.Types;
using Cascade.CinderProxy.Verbs;
using Cascade.CinderProxy.Volumes;
using Cascade.Contracts.Cinder;
using Cascade.Images;
using Cascade.Mirror.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy;

/// <summary>What the agent is made of.</summary>
internal static class Composition
{
    /// <summary>Things worked on at once; what waits for the child does not count.</summary>
    const int Budget = 64;

    /// <summary>Above the two prefetches of 128 and whatever the watches may have under way.</summary>
    const int Capacity = 4096;

    public static AgentBuilder AddCinderProxy(this AgentBuilder agent)
    {
        var options = agent.Options(CinderProxyOptions.Read);
        agent.Options(ChildOptions.Read);
        agent.Options(ImageOptions.Read);
        agent.Options(DatabaseOptions.Read);
        var host = new VolumeHost(agent.Agent.Host, options.Backend);
        agent.Services.AddSingleton(host);
        agent.Services.AddBus().AddClouds().AddCinder().AddChildSide().AddHost().AddVolumes().AddSnapshots().AddBackups().AddAttachments().AddGroups();
        return agent.AddMirrors("A volume or snapshot of the child is taken over with cinder manage, by --id-type source-id.").AddDeadLetters(CinderTopics.Directed(host.Service).Queue, CinderTopics.Older(host.Service), CinderTopics.BackupServer(host.Service).Queue).AddBrokerPermissions("cinder-.*").AddGrants().AddUpgradeChecks();
    }

    static IServiceCollection AddClouds(this IServiceCollection services) => services
        .AddSingleton(all => all.Cloud(all.GetRequiredService<CinderProxyOptions>().Child))
        .AddSingleton(all =>
        {
            var options = all.GetRequiredService<CinderProxyOptions>();
            return new ParentClouds(all.Cloud(options.Glance), all.Cloud(options.Nova));
        })
        .AddSingleton(all => new ParentImages(all.GetRequiredService<ParentClouds>().Glance))
        .AddSingleton<IImageFaults, ImageFaults>()
        .AddSingleton<ChildImages>()
        .AddSingleton<ImageDelivery>()
        .AddSingleton<Deliveries>();

    static IServiceCollection AddCinder(this IServiceCollection services) => services
        // Nothing is built of options with a fault: without a connection the start is refused before.
        .AddSingleton(all => all.GetRequiredService<DatabaseOptions>().Connection!)
        .AddSingleton<CinderDatabase>()
        .AddSingleton<ServiceIdentity>()
        .AddSingleton<ServiceKeeper>()
        .AddSingleton<ComputeTold>()
        .AddSingleton<Notices>()
        .AddSingleton(new KeyedQueue(Budget, Capacity))
        .AddSingleton<Turns>()
        .AddSingleton<Resumption>()
        .AddSingleton<IRecovery>(all => all.GetRequiredService<Resumption>())
        .AddSingleton<IWorker>(all => all.GetRequiredService<Resumption>())
        .AddSingleton<IWorker, Heartbeat>();

    static IServiceCollection AddChildSide(this IServiceCollection services) => services
        .AddChild()
        .AddSingleton<IChildProbe, VolumeProbe>()
        .AddSingleton<IWorker, ChildGate>()
        .AddSingleton<Refusals>()
        .AddSingleton<ChildMessages>()
        .AddSingleton<ChildErrors>()
        .AddSingleton<TypeReview>()
        .AddSingleton<IMirrorSource>(all => all.GetRequiredService<TypeReview>())
        .AddSingleton<ChildPools>()
        .AddSingleton<ChildBackups>();

    static IServiceCollection AddHost(this IServiceCollection services) => services
        .AddSingleton<CapabilitiesTold>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<CapabilitiesTold>())
        .AddSingleton<BackendHandlers>()
        .AddSingleton<LogLevelHandlers>()
        .AddSingleton<ServerFactory>()
        .AddActiveAgent<VolumeService>();
}
