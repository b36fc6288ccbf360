using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>
/// cinder/backup/manager.py: BackupManager.import_record. Cast. Who does not know the service hands it on to one of <c>backup_hosts</c>; the last of them fails it.
/// </summary>
/// <param name="Backup">A BackupImport, which is a Backup with an id of the caller's.</param>
/// <param name="BackupService">The driver that made it.</param>
/// <param name="BackupUrl">Where it is, in that driver's words.</param>
/// <param name="BackupHosts">Who else may be asked.</param>
public sealed record ImportRecord(VersionedObject Backup, string? BackupService, string? BackupUrl, IReadOnlyList<string>? BackupHosts) : IRpcCall<ImportRecord>
{
    public static RpcName Name => new("import_record", new(2, 0));

    public static JsonTypeInfo<ImportRecord> Wire => CinderJson.Default.ImportRecord;
}
