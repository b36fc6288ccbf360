using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Parent;
using Cascade.CinderProxy.Volumes.Create;
using Cascade.CinderProxy.Volumes.Delete;
using Cascade.CinderProxy.Volumes.Extend;
using Cascade.CinderProxy.Volumes.Manage;
using Cascade.CinderProxy.Volumes.Moves;
using Cascade.CinderProxy.Volumes.Reimage;
using Cascade.CinderProxy.Volumes.Retype;
using Cascade.CinderProxy.Volumes.Revert;
using Cascade.CinderProxy.Volumes.Upload;
using Cascade.CinderProxy.Volumes.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy.Volumes;

/// <summary>Volumes, put together.</summary>
internal static class VolumesRoom
{
    public static IServiceCollection AddVolumes(this IServiceCollection services) => services.AddMaking().AddOrders().AddWatching();

    static IServiceCollection AddMaking(this IServiceCollection services) => services
        .AddSingleton<VolumeBook>()
        .AddSingleton<VolumeStamps>()
        .AddSingleton<Orders>()
        .AddSingleton<Expectations>()
        .AddSingleton<Creations>()
        .AddSingleton<VolumeSources>()
        .AddSingleton<VolumeMaker>()
        .AddSingleton<Rescheduling>()
        .AddSingleton<CreateEnd>()
        .AddSingleton<CreateStart>()
        .AddSingleton<ImageCopies>()
        .AddSingleton<CreateVolumeHandler>()
        .AddSingleton<RefusedDelete>()
        .AddSingleton<Deletion>()
        .AddSingleton<DeleteVolumeHandler>();

    static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddSingleton<Sights>()
        .AddSingleton<ChildOrders>()
        .AddSingleton<ExtendVolumeHandler>()
        .AddSingleton<RetypeHandler>()
        .AddSingleton<RevertToSnapshotHandler>()
        .AddSingleton<ReimageHandler>()
        .AddSingleton<VolumeImages>()
        .AddSingleton<UploadHandler>()
        .AddSingleton<Unmanaging>()
        .AddSingleton<ManageVolumeHandler>()
        .AddSingleton<ManageSnapshotHandler>()
        .AddSingleton<ManageableHandler>()
        .AddSingleton<AcceptTransferHandler>()
        .AddSingleton<MigrationHandler>();

    static IServiceCollection AddWatching(this IServiceCollection services) => services
        .AddSingleton<VolumeTeller>()
        .AddSingleton<VolumeWatch>()
        .AddSingleton<VolumeWatching>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<VolumeWatching>())
        .AddSingleton<IUnfinished, UnfinishedVolumes>()
        .AddSingleton<VolumeReaper>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<VolumeReaper>())
        .AddSingleton<IMirrorSource, VolumeList>();
}
