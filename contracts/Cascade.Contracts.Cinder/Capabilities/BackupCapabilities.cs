using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Capabilities;

/// <summary>
/// What a backup service tells the schedulers (cinder/backup/manager.py: BackupManager._report_driver_status); they choose a host for a new backup by nothing else
/// (cinder/scheduler/host_manager.py: HostManager._list_backup_services).
/// </summary>
/// <param name="BackendState">Whether backups can be made.</param>
/// <param name="DriverName">What the backups will say as <c>service</c>.</param>
/// <param name="AvailabilityZone">Only volumes of this zone come here, unless a request names another.</param>
public sealed record BackupCapabilities(bool BackendState, string DriverName, string AvailabilityZone)
{
    public const string ServiceName = "backup";

    public JsonObject ToJson() => new()
    {
        ["backend_state"] = BackendState,
        ["driver_name"] = DriverName,
        ["availability_zone"] = AvailabilityZone,
    };
}
