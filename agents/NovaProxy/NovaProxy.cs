using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Consoles;
using Cascade.NovaProxy.Hosts;
using Cascade.NovaProxy.Networks;
using Cascade.NovaProxy.Networks.Interfaces;
using Cascade.NovaProxy.Servers;
using Cascade.NovaProxy.Servers.Build;
using Cascade.NovaProxy.Servers.Delete;
using Cascade.NovaProxy.Servers.Guests;
using Cascade.NovaProxy.Servers.Power;
using Cascade.NovaProxy.Servers.Rebuild;
using Cascade.NovaProxy.Servers.Rescue;
using Cascade.NovaProxy.Servers.Resize;
using Cascade.NovaProxy.Servers.Shelve;
using Cascade.NovaProxy.Servers.Snapshots;
using Cascade.NovaProxy.Volumes.Attaching;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy;

/// <summary>
/// The contents page of <c>compute.&lt;host&gt;</c> and <c>compute-alt.&lt;host&gt;</c>: every method that a parent from Zed on may send
/// (<see cref="NovaMethods"/>), answered, or declined with the exception that makes the parent's API say the right thing.
/// </summary>
internal static class NovaProxyTable
{
    const string NotYet = "this proxy host does not do it yet";
    const string ChildMoves = "a child cloud moves its own servers";

    /// <summary>A snapshot of a volume-backed server then goes on without, unless its image says os_require_quiesce (nova/compute/api.py: snapshot_volume_backed).</summary>
    const string NoQuiesce = "no API asks a child cloud to freeze a guest";
    const string NoFiles = "a child cloud's volumes are no files of this host";

    /// <summary>RPC 6.5 is the newest there is (nova master of 2026); what a newer method asks beyond is declined by name.</summary>
    public static RpcVersion Served { get; } = new(6, 5);

    /// <summary>A new page.</summary>
    public static RpcTable Page() => new RpcTable("compute", Served)
        .In("baseapi", new(1, 1))
        .Answer<Ping, PingHandler>()
        .Answer<GetBackdoorPort, PingHandler>()
        .Answer<CacheImages, CacheImagesHandler>()
        .Answer<ExternalInstanceEvent, ExternalEvents>()
        .Answer<GetHostUptime, GetHostUptimeHandler>()
        .Answer<SetHostEnabled, SetHostEnabledHandler>()
        .Servers()
        .Volumes()
        .Interfaces()
        .Consoles()
        .Migrations()
        .Decline("host_maintenance_mode", "a proxy host is not a machine")
        .Decline("host_power_action", "a proxy host is not a machine")
        .Unlisted(request => NovaFaults.NotImplemented($"{request.Method}: this proxy host does not know it"));

    static RpcTable Servers(this RpcTable page) => page
        .Answer<BackupInstance, SnapshotServer>()
        .Answer<BuildAndRunInstance, BuildServer>()
        .Answer<ConfirmResize, ConfirmServer>()
        .Answer<GetConsoleOutput, ConsoleLog>()
        .Answer<GetDiagnostics, Diagnostics>()
        .Answer<GetInstanceDiagnostics, Diagnostics>()
        .Answer<PauseInstance, PowerOrders>()
        .Answer<PrepResize, ResizeServer>()
        .Answer<RebootInstance, RebootServer>()
        .Answer<RebuildInstance, RebuildServer>()
        .Answer<RescueInstance, RescueServer>()
        .Answer<RestoreInstance, PowerOrders>()
        .Answer<ResumeInstance, PowerOrders>()
        .Answer<RevertResize, RevertServer>()
        .Answer<SetAdminPassword, PasswordServer>()
        .Answer<ShelveInstance, ShelveServer>()
        .Answer<ShelveOffloadInstance, OffloadServer>()
        .Answer<SnapshotInstance, SnapshotServer>()
        .Answer<SoftDeleteInstance, PowerOrders>()
        .Answer<StartInstance, PowerOrders>()
        .Answer<StopInstance, PowerOrders>()
        .Answer<SuspendInstance, PowerOrders>()
        .Answer<TerminateInstance, TerminateServer>()
        .Answer<TriggerCrashDump, CrashDumpServer>()
        .Answer<UnpauseInstance, PowerOrders>()
        .Answer<UnrescueInstance, RescueServer>()
        .Answer<UnshelveInstance, UnshelveServer>()
        .Decline("quiesce_instance", () => NovaFaults.InstanceQuiesceNotSupported("", NoQuiesce), NoQuiesce)
        .Decline("unquiesce_instance", NoQuiesce);

    static RpcTable Volumes(this RpcTable page) => page
        .Decline("allow_share", NotYet)
        .Answer<AttachVolume, AttachVolumeHandler>()
        .Decline("deny_share", NotYet)
        .Answer<DetachVolume, DetachVolumeHandler>()
        .Answer<RemoveVolumeConnection, RemoveConnectionHandler>()
        .Answer<ReserveBlockDeviceName, ReserveDeviceNameHandler>()
        .Answer<SwapVolume, SwapVolumeHandler>()
        .Decline("volume_snapshot_create", NoFiles)
        .Decline("volume_snapshot_delete", NoFiles);

    static RpcTable Interfaces(this RpcTable page) => page
        .Answer<AddFixedIpToInstance, FixedIps>()
        .Answer<AttachInterface, AttachInterfaceHandler>()
        .Answer<DetachInterface, DetachInterfaceHandler>()
        .Answer<RemoveFixedIpFromInstance, FixedIps>()
        .Decline("inject_network_info", "nothing is injected into a guest");

    static RpcTable Consoles(this RpcTable page) => page
        .Answer<GetMksConsole, RemoteConsoles>()
        .Answer<GetSerialConsole, RemoteConsoles>()
        .Answer<GetSpiceConsole, RemoteConsoles>()
        .Answer<GetVncConsole, RemoteConsoles>()
        .Answer<ValidateConsolePort, RemoteConsoles>()
        .Decline("get_rdp_console", () => NovaFaults.ConsoleTypeUnavailable("rdp-html5"), "only Hyper-V has it, and nova has it no more");

    /// <summary>MigrationPreCheckError makes the conductor try the next host (conductor/tasks/live_migrate.py).</summary>
    static RpcTable Migrations(this RpcTable page) => page
        .Decline("check_can_live_migrate_destination", () => NovaFaults.MigrationPreCheckError(ChildMoves), ChildMoves)
        .Decline("check_can_live_migrate_source", () => NovaFaults.MigrationPreCheckError(ChildMoves), ChildMoves)
        .Decline("check_instance_shared_storage", ChildMoves)
        .Decline("confirm_snapshot_based_resize_at_source", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("drop_move_claim_at_destination", ChildMoves)
        .Decline("finish_resize", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("finish_revert_resize", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("finish_revert_snapshot_based_resize_at_source", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("finish_snapshot_based_resize_at_dest", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("live_migration", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("live_migration_abort", ChildMoves)
        .Decline("live_migration_force_complete", ChildMoves)
        .Decline("post_live_migration_at_destination", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("pre_live_migration", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("prep_snapshot_based_resize_at_dest", () => NovaFaults.MigrationPreCheckError(ChildMoves), ChildMoves)
        .Decline("prep_snapshot_based_resize_at_source", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("resize_instance", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("revert_snapshot_based_resize_at_dest", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("rollback_live_migration_at_destination", ChildMoves);
}
