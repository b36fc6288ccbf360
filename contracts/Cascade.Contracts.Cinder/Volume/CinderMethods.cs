using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>How a method is asked (cinder/volume/rpcapi.py: VolumeAPI).</summary>
public enum CinderMethodKind
{
    /// <summary>Nobody waits: the API has answered 202 already.</summary>
    Cast,

    /// <summary>Waits rpc_response_timeout, 60 s.</summary>
    Call,

    /// <summary>Cast to every cinder-volume, or to every member of a cluster.</summary>
    Fanout,

    /// <summary>Cast for most callers, call for who waits: a migration removes an export so, and a client below 3.17 asks for a backup device.</summary>
    CastOrCall,
}

/// <param name="Name">As on the wire.</param>
/// <param name="Kind">How it is asked.</param>
/// <param name="Since">The first version that has it. 3.0 stands for all that is older.</param>
/// <param name="Asked">The version that a client of 2026.1 asks for, arguments of later versions included.</param>
public sealed record CinderMethod(string Name, CinderMethodKind Kind, RpcVersion Since, RpcVersion Asked);

/// <summary>
/// Every method of the volume RPC API from Zed (3.18) to master of 2026 (3.20), and the ping of any server: the list that an agent's table is held
/// against (cinder/volume/manager.py: VolumeManager, with what it has of cinder/manager.py; cinder/volume/rpcapi.py: VolumeAPI).
/// </summary>
public static class CinderMethods
{
    public static IReadOnlyList<CinderMethod> All { get; } =
    [
        Call("accept_transfer", asked: 16),
        Call("attach_volume", asked: 3),
        Call("attachment_delete", since: 9),
        Call("attachment_update", since: 9),
        Cast("copy_volume_to_image"),
        Cast("create_group"),
        Cast("create_group_from_src"),
        Cast("create_group_snapshot"),
        Cast("create_snapshot"),
        Cast("create_volume"),
        Cast("delete_group"),
        Cast("delete_group_snapshot"),
        Cast("delete_snapshot"),
        Cast("delete_volume"),
        Call("detach_volume", asked: 4),
        Cast("disable_replication", since: 14),
        Cast("do_cleanup", since: 7),
        Cast("enable_replication", since: 14),
        Cast("extend_volume"),
        Cast("extend_volume_completion", since: 19),
        Cast("failover", since: 8),
        new("failover_completed", CinderMethodKind.Fanout, new(3, 8), new(3, 8)),
        Cast("failover_host"),
        Cast("failover_replication", since: 14),
        Call("freeze_host"),
        CastOrCall("get_backup_device", asked: 17),
        Call("get_capabilities"),
        Call("get_log_levels", since: 12),
        Call("get_manageable_snapshots", asked: 10),
        Call("get_manageable_volumes", asked: 10),
        Call("initialize_connection"),
        Call("initialize_connection_snapshot", since: 13),
        Call("list_replication_targets", since: 14),
        Cast("manage_existing"),
        Cast("manage_existing_snapshot"),
        Cast("migrate_volume", asked: 5),
        Call("migrate_volume_completion"),
        new("oslo_rpc_server_ping", CinderMethodKind.Call, RpcVersion.Default, RpcVersion.Default),
        new("publish_service_capabilities", CinderMethodKind.Fanout, new(3, 0), new(3, 0)),
        Cast("reimage", since: 18, asked: 20),
        CastOrCall("remove_export"),
        CastOrCall("remove_export_snapshot", since: 13),
        Cast("retype", asked: 5),
        Cast("revert_to_snapshot", since: 15),
        Call("secure_file_operations_enabled"),
        Cast("set_log_levels", since: 12),
        Call("terminate_connection"),
        Call("terminate_connection_snapshot", since: 13),
        Call("thaw_host"),
        Cast("update_group"),
        Call("update_migrated_volume"),
    ];

    /// <summary>The version that a proxy of the release registers and writes as <c>services.rpc_current_version</c> (VolumeAPI.RPC_API_VERSION): Zed's.</summary>
    public static RpcVersion Zed { get; } = new(3, 18);

    /// <summary>The same from 2025.1 on.</summary>
    public static RpcVersion Newest { get; } = new(3, 20);

    static CinderMethod Cast(string name, int since = 0, int asked = 0) => Of(name, CinderMethodKind.Cast, since, asked);

    static CinderMethod Call(string name, int since = 0, int asked = 0) => Of(name, CinderMethodKind.Call, since, asked);

    static CinderMethod CastOrCall(string name, int since = 0, int asked = 0) => Of(name, CinderMethodKind.CastOrCall, since, asked);

    static CinderMethod Of(string name, CinderMethodKind kind, int since, int asked) => new(name, kind, new(3, since), new(3, Math.Max(since, asked)));
}
