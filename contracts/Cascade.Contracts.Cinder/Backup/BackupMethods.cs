using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>
/// Every method of the backup RPC API from Zed (2.3) to master of 2026 (2.4), and the ping of any server: the list that an agent's table is held against
/// (cinder/backup/manager.py: BackupManager, with what it has of cinder/manager.py; cinder/backup/rpcapi.py: BackupAPI). All but the log levels and the
/// fanout are asked for as 2.0, whatever came with a later version.
/// </summary>
public static class BackupMethods
{
    public static IReadOnlyList<CinderMethod> All { get; } =
    [
        Of("check_support_to_force_delete", CinderMethodKind.Call),
        Of("continue_backup", CinderMethodKind.Cast),
        Of("create_backup", CinderMethodKind.Cast),
        Of("delete_backup", CinderMethodKind.Cast),
        Of("export_record", CinderMethodKind.Call),
        Of("get_log_levels", CinderMethodKind.Call, since: 1),
        Of("import_record", CinderMethodKind.Cast),
        new("oslo_rpc_server_ping", CinderMethodKind.Call, RpcVersion.Default, RpcVersion.Default),
        Of("publish_service_capabilities", CinderMethodKind.Fanout, since: 2),
        Of("reset_status", CinderMethodKind.Cast),
        Of("restore_backup", CinderMethodKind.Cast),
        Of("set_log_levels", CinderMethodKind.Cast, since: 1),
    ];

    /// <summary>The version that a proxy of the release registers and writes as <c>services.rpc_current_version</c> (BackupAPI.RPC_API_VERSION): Zed's.</summary>
    public static RpcVersion Zed { get; } = new(2, 3);

    /// <summary>The same from 2025.1 on.</summary>
    public static RpcVersion Newest { get; } = new(2, 4);

    static CinderMethod Of(string name, CinderMethodKind kind, int since = 0) => new(name, kind, new(2, since), new(2, since));
}
