using Cascade.CinderProxy.Backups;
using Cascade.CinderProxy.Hosts;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;

namespace Cascade.CinderProxy;

/// <summary>The contents page of a cinder-backup: every method that a parent from Zed on may send (<see cref="BackupMethods"/>), answered, or refused as native refuses.</summary>
internal static class CinderBackupTable
{
    /// <summary>A new page. RPC 2.4 is the newest there is (cinder master of 2026).</summary>
    public static RpcTable Page() => new RpcTable("cinder-backup", BackupMethods.Newest)
        .Answer<CheckSupportToForceDelete, BackupRecordHandlers>()
        .Answer<ContinueBackup, CreateBackupHandler>()
        .Answer<CreateBackup, CreateBackupHandler>()
        .Answer<DeleteBackup, DeleteBackupHandler>()
        .Answer<ExportRecord, BackupRecordHandlers>()
        .Answer<GetBackupLogLevels, LogLevelHandlers>()
        .Answer<ImportRecord, BackupRecordHandlers>()
        .Answer<Ping, BackendHandlers>()
        .Answer<PublishBackupCapabilities, BackendHandlers>()
        .Answer<ResetStatus, BackupRecordHandlers>()
        .Answer<RestoreBackup, RestoreBackupHandler>()
        .Answer<SetBackupLogLevels, LogLevelHandlers>();
}
