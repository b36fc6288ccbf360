using Cascade.Images;
using Cascade.NovaProxy.Servers.Delete;
using Cascade.NovaProxy.Servers.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.NovaProxy.Servers.Snapshots;

/// <summary>Images of servers, put together.</summary>
internal static class SnapshotsRoom
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) => services
        .AddSingleton<ChildSnapshots>()
        .AddSingleton<ImageDelivery>()
        .AddSingleton<Deliveries>()
        .AddSingleton<SnapshotImages>()
        .AddSingleton<SnapshotFlow>()
        .AddSingleton<BackupRotation>()
        .AddSingleton<SnapshotEnd>()
        .AddSingleton<SnapshotServer>()
        .AddSingleton<ILeftover, SnapshotLeftover>()
        .AddSingleton<IServerOperation, SnapshotOperation>()
        .AddSingleton<SnapshotReaper>()
        .AddSingleton<IWorker, SnapshotReaping>();
}
