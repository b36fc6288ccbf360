using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Parent;

/// <summary>
/// Our second row in the parent's services: a cinder-backup, of the same host as the cinder-volume. It is made when the child is first seen to have one that is up, and
/// beats only while it has (D5): otherwise the parent's API chooses another, or answers that there is none.
/// </summary>
internal sealed class BackupKeeper(CinderDatabase database, ServiceKeeper volumes, VolumeHost host, CinderProxyOptions options, ILogger<BackupKeeper> log)
{
    ServiceRow? row;
    volatile bool up;

    /// <summary>False when the operator wants no backups in the child: there is no service, and no queue of one.</summary>
    public bool IsWanted => options.Backup;

    /// <summary>The parent knows us as a cinder-backup, up or not.</summary>
    public bool IsKnown => row is not null;

    public bool IsUp => up;

    /// <param name="childHas">Whether the child has a cinder-backup that is up.</param>
    public async Task SeenAsync(bool childHas, CancellationToken cancelled)
    {
        if (childHas && row is null)
        {
            await RegisterAsync(cancelled);
        }

        if (up && !childHas)
        {
            Log.BackupGone(log, host.Service);
        }

        var back = childHas && !up;
        up = childHas;
        if (back)
        {
            await BeatAsync(cancelled);
        }
    }

    /// <summary>One beat, where there is something to beat for.</summary>
    public async Task BeatAsync(CancellationToken cancelled)
    {
        if (up && row is { } ours && !await database.InTransactionAsync(work => work.Services.HeartbeatAsync(ours.Id), cancelled))
        {
            Log.ServiceDeleted(log, host.Service);
            await RegisterAsync(cancelled);
        }
    }

    async Task RegisterAsync(CancellationToken cancelled)
    {
        var version = (volumes.IsZed ? BackupMethods.Zed : BackupMethods.Newest).ToString();
        row = await database.InTransactionAsync(
            async work =>
            {
                if (await work.BackupServices.GetAsync(host.Service) is { Uuid: not null } known)
                {
                    await work.BackupServices.StartAsync(known.Id, options.AvailabilityZone, version, CinderObjects.History);
                    return known;
                }

                await work.BackupServices.InsertAsync(Guid.NewGuid().ToString("D"), host.Service, options.AvailabilityZone, version, CinderObjects.History);
                return await work.BackupServices.GetAsync(host.Service);
            },
            cancelled);
        Log.BackupRegistered(log, host.Service, version);
    }
}
