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
    const string NoQuiesce = "no API asks a child for it";
    const string NoVolumes = "this proxy host does not attach volumes yet";

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
        .Later()
        .Volumes()
        .Interfaces()
        .Consoles()
        .Migrations()
        .Decline("host_maintenance_mode", "a proxy host is not a machine")
        .Decline("host_power_action", "a proxy host is not a machine")
        .Unlisted(request => NovaFaults.NotImplemented($"{request.Method}: this proxy host does not know it"));

    static RpcTable Servers(this RpcTable page) => page
        .Answer<BuildAndRunInstance, BuildServer>()
        .Answer<GetConsoleOutput, ConsoleLog>()
        .Answer<GetDiagnostics, Diagnostics>()
        .Answer<GetInstanceDiagnostics, Diagnostics>()
        .Answer<PauseInstance, PowerOrders>()
        .Answer<RebootInstance, RebootServer>()
        .Answer<RestoreInstance, PowerOrders>()
        .Answer<ResumeInstance, PowerOrders>()
        .Answer<SetAdminPassword, PasswordServer>()
        .Answer<SoftDeleteInstance, PowerOrders>()
        .Answer<StartInstance, PowerOrders>()
        .Answer<StopInstance, PowerOrders>()
        .Answer<SuspendInstance, PowerOrders>()
        .Answer<TerminateInstance, TerminateServer>()
        .Answer<TriggerCrashDump, CrashDumpServer>()
        .Answer<UnpauseInstance, PowerOrders>()
        .Decline("quiesce_instance", () => NovaFaults.InstanceQuiesceNotSupported("", NoQuiesce), NoQuiesce)
        .Decline("unquiesce_instance", NoQuiesce);

    /// <summary>Children can do these; the handlers come with their own issues.</summary>
    static RpcTable Later(this RpcTable page) => page
        .Decline("backup_instance", NotYet)
        .Decline("confirm_resize", NotYet)
        .Decline("finish_resize", NotYet)
        .Decline("finish_revert_resize", NotYet)
        .Decline("prep_resize", () => NovaFaults.MigrationPreCheckError(NotYet), NotYet)
        .Decline("rebuild_instance", NotYet)
        .Decline("rescue_instance", NotYet)
        .Decline("resize_instance", NotYet)
        .Decline("revert_resize", NotYet)
        .Decline("shelve_instance", NotYet)
        .Decline("shelve_offload_instance", NotYet)
        .Decline("snapshot_instance", NotYet)
        .Decline("unrescue_instance", NotYet)
        .Decline("unshelve_instance", NotYet);

    /// <summary>reserve_block_device_name comes first and is a call: InvalidVolume there is HTTP 400, before anything is reserved (compute/api.py: _attach_volume).</summary>
    static RpcTable Volumes(this RpcTable page) => page
        .Decline("allow_share", NotYet)
        .Decline("attach_volume", () => NovaFaults.InvalidVolume(NoVolumes), NoVolumes)
        .Decline("deny_share", NotYet)
        .Decline("detach_volume", () => NovaFaults.InvalidVolume(NoVolumes), NoVolumes)
        .Decline("remove_volume_connection", NoVolumes)
        .Decline("reserve_block_device_name", () => NovaFaults.InvalidVolume(NoVolumes), NoVolumes)
        .Decline("swap_volume", () => NovaFaults.InvalidVolume(NoVolumes), NoVolumes)
        .Decline("volume_snapshot_create", NoVolumes)
        .Decline("volume_snapshot_delete", NoVolumes);

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
        .Decline("finish_revert_snapshot_based_resize_at_source", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("finish_snapshot_based_resize_at_dest", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("live_migration", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("live_migration_abort", ChildMoves)
        .Decline("live_migration_force_complete", ChildMoves)
        .Decline("post_live_migration_at_destination", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("pre_live_migration", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("prep_snapshot_based_resize_at_dest", () => NovaFaults.MigrationPreCheckError(ChildMoves), ChildMoves)
        .Decline("prep_snapshot_based_resize_at_source", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("revert_snapshot_based_resize_at_dest", () => NovaFaults.MigrationError(ChildMoves), ChildMoves)
        .Decline("rollback_live_migration_at_destination", ChildMoves);
}
