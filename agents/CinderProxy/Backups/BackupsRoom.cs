using Cascade.Agent.Verbs;
using Cascade.CinderProxy.Parent;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.CinderProxy.Backups;

/// <summary>Backups, put together: what a cinder-backup of the parent asks of us, and the cinder-backup that we are where the child has one.</summary>
internal static class BackupsRoom
{
    public static IServiceCollection AddBackups(this IServiceCollection services) => services
        .AddSingleton<BackupDeviceHandler>()
        .AddSingleton<BackupKeeper>()
        .AddSingleton<BackupBook>()
        .AddSingleton<BackupOrders>()
        .AddSingleton<BackupExpectations>()
        .AddSingleton<BackupMaker>()
        .AddSingleton<BackupEnd>()
        .AddSingleton<RestoreEnd>()
        .AddSingleton<BackupRestoring>()
        .AddSingleton<BackupRemoval>()
        .AddSingleton<CreateBackupHandler>()
        .AddSingleton<RestoreBackupHandler>()
        .AddSingleton<DeleteBackupHandler>()
        .AddSingleton<BackupRecordHandlers>()
        .AddSingleton<BackupTeller>()
        .AddSingleton<BackupWatch>()
        .AddSingleton<BackupWatching>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<BackupWatching>())
        .AddSingleton<IUnfinished, UnfinishedBackups>()
        .AddSingleton<BackupReaper>()
        .AddSingleton<IWorker>(all => all.GetRequiredService<BackupReaper>())
        .AddSingleton<IMirrorSource, BackupList>();
}
