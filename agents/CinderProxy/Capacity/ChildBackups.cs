using Cascade.CinderProxy.Child;
using Cascade.OpenStack;
using Microsoft.Extensions.Logging;

namespace Cascade.CinderProxy.Capacity;

/// <summary>Whether the child makes backups: it does where a cinder-backup is up and takes work (cinder/backup/api.py: _list_backup_services).</summary>
internal sealed class ChildBackups(ChildCloud child, ILogger<ChildBackups> log)
{
    bool told;

    /// <summary>False too where the child does not show its services to our account.</summary>
    /// <exception cref="CloudFault">It could not be seen this time.</exception>
    public async Task<bool> AreMadeAsync(CancellationToken cancelled)
    {
        try
        {
            var services = await child.BlockStorage.Services.ListAsync(Scope.Own, "cinder-backup", null, cancelled);
            told = false;
            return services.Any(service => service is { State: "up", Status: "enabled" });
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Forbidden)
        {
            if (!told)
            {
                Log.BackupUnseen(log, fault, fault.Message);
            }

            told = true;
            return false;
        }
    }
}
