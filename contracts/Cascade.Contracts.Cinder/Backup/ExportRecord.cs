using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Backup;

/// <summary>cinder/backup/manager.py: BackupManager.export_record. Call; natively answers <c>{"backup_service", "backup_url"}</c>.</summary>
public sealed record ExportRecord(VersionedObject Backup) : IRpcCall<ExportRecord>
{
    public static RpcName Name => new("export_record", new(2, 0));

    public static JsonTypeInfo<ExportRecord> Wire => CinderJson.Default.ExportRecord;
}
