using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>Every record of a method that a cinder-volume serves, by the method's name.</summary>
static class Records
{
    public static IReadOnlyDictionary<string, Record> All { get; } = new[]
    {
        Of<AcceptTransfer>(), Of<AttachVolume>(), Of<AttachmentDelete>(), Of<AttachmentUpdate>(), Of<CopyVolumeToImage>(), Of<CreateGroup>(),
        Of<CreateGroupFromSrc>(),
        Of<CreateGroupSnapshot>(), Of<CreateSnapshot>(), Of<CreateVolume>(), Of<DeleteGroup>(), Of<DeleteGroupSnapshot>(), Of<DeleteSnapshot>(), Of<DeleteVolume>(),
        Of<DetachVolume>(), Of<DisableReplication>(), Of<DoCleanup>(), Of<EnableReplication>(), Of<ExtendVolume>(), Of<ExtendVolumeCompletion>(), Of<Failover>(),
        Of<FailoverCompleted>(), Of<FailoverHost>(), Of<FailoverReplication>(), Of<FreezeHost>(), Of<GetBackupDevice>(), Of<GetCapabilities>(), Of<GetLogLevels>(),
        Of<GetManageableSnapshots>(), Of<GetManageableVolumes>(), Of<InitializeConnection>(), Of<InitializeConnectionSnapshot>(), Of<ListReplicationTargets>(),
        Of<ManageExisting>(), Of<ManageExistingSnapshot>(), Of<MigrateVolume>(), Of<MigrateVolumeCompletion>(), Of<Ping>(), Of<PublishServiceCapabilities>(),
        Of<Reimage>(), Of<RemoveExport>(), Of<RemoveExportSnapshot>(), Of<Retype>(), Of<RevertToSnapshot>(), Of<SecureFileOperationsEnabled>(), Of<SetLogLevels>(),
        Of<TerminateConnection>(), Of<TerminateConnectionSnapshot>(), Of<ThawHost>(), Of<UpdateGroup>(), Of<UpdateMigratedVolume>(),
    }.ToDictionary(record => record.Name.Method);

    /// <summary>Every record of a method that a cinder-backup serves.</summary>
    public static IReadOnlyDictionary<string, Record> OfBackups { get; } = new[]
    {
        Of<CheckSupportToForceDelete>(), Of<ContinueBackup>(), Of<CreateBackup>(), Of<DeleteBackup>(), Of<ExportRecord>(), Of<GetBackupLogLevels>(), Of<ImportRecord>(),
        Of<Ping>(), Of<PublishBackupCapabilities>(), Of<ResetStatus>(), Of<RestoreBackup>(), Of<SetBackupLogLevels>(),
    }.ToDictionary(record => record.Name.Method);

    static Record Of<TCall>()
        where TCall : IRpcCall<TCall> => new(
            TCall.Name,
            [.. TCall.Wire.Properties.Select(property => property.Name)],
            args => JsonSerializer.SerializeToNode(args.Deserialize(TCall.Wire)!, TCall.Wire)!.AsObject());
}

/// <param name="Name">As on the wire.</param>
/// <param name="Arguments">As on the wire.</param>
/// <param name="Again">Reads arguments and writes what was read.</param>
sealed record Record(RpcName Name, string[] Arguments, Func<JsonObject, JsonObject> Again);
