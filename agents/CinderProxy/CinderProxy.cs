using Cascade.CinderProxy.Attachments;
using Cascade.CinderProxy.Backups;
using Cascade.CinderProxy.Groups;
using Cascade.CinderProxy.Hosts;
using Cascade.CinderProxy.Snapshots;
using Cascade.CinderProxy.Volumes.Create;
using Cascade.CinderProxy.Volumes.Delete;
using Cascade.CinderProxy.Volumes.Extend;
using Cascade.CinderProxy.Volumes.Manage;
using Cascade.CinderProxy.Volumes.Moves;
using Cascade.CinderProxy.Volumes.Reimage;
using Cascade.CinderProxy.Volumes.Retype;
using Cascade.CinderProxy.Volumes.Revert;
using Cascade.CinderProxy.Volumes.Upload;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;

namespace Cascade.CinderProxy;

/// <summary>
/// The contents page of a cinder-volume: every method that a parent from Zed on may send (<see cref="CinderMethods"/>), answered, or declined with the exception that makes
/// the parent's API say the right thing. A cast is never declined: it ends in the state in which native ends one that cannot be done.
/// </summary>
internal static class CinderProxyTable
{
    const string NoPath = "a child's volumes are reached in the child, and nobody here has a path to their bytes";

    /// <summary>A new page. RPC 3.20 is the newest there is (cinder master of 2026); what a newer method asks beyond is refused by its version.</summary>
    public static RpcTable Page() => new RpcTable("cinder-volume", CinderMethods.Newest)
        .Backend()
        .Volumes()
        .Snapshots()
        .Attachments()
        .Groups();

    static RpcTable Backend(this RpcTable page) => page
        .Answer<DoCleanup, BackendHandlers>()
        .Answer<FailoverCompleted, BackendHandlers>()
        .Answer<FreezeHost, BackendHandlers>()
        .Answer<GetCapabilities, BackendHandlers>()
        .Answer<GetLogLevels, LogLevelHandlers>()
        .Answer<ListReplicationTargets, BackendHandlers>()
        .Answer<Ping, BackendHandlers>()
        .Answer<PublishServiceCapabilities, BackendHandlers>()
        .Answer<SecureFileOperationsEnabled, BackendHandlers>()
        .Answer<SetLogLevels, LogLevelHandlers>()
        .Answer<ThawHost, BackendHandlers>();

    static RpcTable Volumes(this RpcTable page) => page
        .Answer<AcceptTransfer, AcceptTransferHandler>()
        .Answer<CopyVolumeToImage, UploadHandler>()
        .Answer<CreateVolume, CreateVolumeHandler>()
        .Answer<DeleteVolume, DeleteVolumeHandler>()
        .Answer<ExtendVolume, ExtendVolumeHandler>()
        .Answer<ExtendVolumeCompletion, ExtendVolumeHandler>()
        .Answer<GetBackupDevice, BackupDeviceHandler>()
        .Answer<GetManageableVolumes, ManageableHandler>()
        .Answer<ManageExisting, ManageVolumeHandler>()
        .Answer<MigrateVolume, MigrationHandler>()
        .Answer<MigrateVolumeCompletion, MigrationHandler>()
        .Answer<Reimage, ReimageHandler>()
        .Answer<Retype, RetypeHandler>()
        .Answer<RevertToSnapshot, RevertToSnapshotHandler>()
        .Answer<UpdateMigratedVolume, MigrationHandler>();

    static RpcTable Snapshots(this RpcTable page) => page
        .Answer<CreateSnapshot, CreateSnapshotHandler>()
        .Answer<DeleteSnapshot, DeleteSnapshotHandler>()
        .Answer<GetManageableSnapshots, ManageableHandler>()
        .Answer<ManageExistingSnapshot, ManageSnapshotHandler>();

    static RpcTable Attachments(this RpcTable page) => page
        .Answer<AttachVolume, AttachVolumeHandler>()
        .Answer<AttachmentDelete, AttachmentDeleteHandler>()
        .Answer<AttachmentUpdate, AttachmentUpdateHandler>()
        .Answer<DetachVolume, AttachmentDeleteHandler>()
        .Answer<InitializeConnection, AttachmentUpdateHandler>()
        .Decline("initialize_connection_snapshot", () => CinderFaults.VolumeBackendApi(NoPath), NoPath)
        .Answer<RemoveExport, AttachmentDeleteHandler>()
        .Decline("remove_export_snapshot", () => CinderFaults.VolumeBackendApi(NoPath), NoPath)
        .Answer<TerminateConnection, AttachmentDeleteHandler>()
        .Decline("terminate_connection_snapshot", () => CinderFaults.VolumeBackendApi(NoPath), NoPath);

    static RpcTable Groups(this RpcTable page) => page
        .Answer<CreateGroup, GroupHandlers>()
        .Answer<CreateGroupFromSrc, GroupHandlers>()
        .Answer<CreateGroupSnapshot, GroupSnapshotHandlers>()
        .Answer<DeleteGroup, GroupHandlers>()
        .Answer<DeleteGroupSnapshot, GroupSnapshotHandlers>()
        .Answer<DisableReplication, ReplicationHandlers>()
        .Answer<EnableReplication, ReplicationHandlers>()
        .Answer<Failover, ReplicationHandlers>()
        .Answer<FailoverHost, ReplicationHandlers>()
        .Answer<FailoverReplication, ReplicationHandlers>()
        .Answer<UpdateGroup, GroupHandlers>();
}
