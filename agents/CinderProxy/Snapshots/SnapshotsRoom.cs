using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Parent;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy.Snapshots;

/// <summary>Snapshots, put together.</summary>
internal static class SnapshotsRoom
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) => services
        .AddSingleton<SnapshotBook>()
        .AddSingleton<SnapshotOrders>()
        .AddSingleton<SnapshotExpectations>()
        .AddSingleton<SnapshotMaker>()
        .AddSingleton<SnapshotEnd>()
        .AddSingleton<SnapshotStart>()
        .AddSingleton<SnapshotDestruction>()
        .AddSingleton<SnapshotRemoval>()
        .AddSingleton<CreateSnapshotHandler>()
        .AddSingleton<DeleteSnapshotHandler>()
        .AddSingleton<SnapshotTeller>()
        .AddSingleton<SnapshotWatch>()
        .AddSingleton<SnapshotWatching>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<SnapshotWatching>())
        .AddSingleton<IUnfinished, UnfinishedSnapshots>()
        .AddSingleton<SnapshotReaper>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<SnapshotReaper>())
        .AddSingleton<IMirrorSource, SnapshotList>();
}
