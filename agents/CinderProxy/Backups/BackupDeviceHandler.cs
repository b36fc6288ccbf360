using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.CinderProxy.Parent.Database;
using Cascade.Contracts.Cinder;
using Cascade.Contracts.Cinder.Backup;
using Cascade.Contracts.Cinder.Faults;
using Cascade.Contracts.Cinder.Objects;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Backups;

/// <summary>
/// get_backup_device: a cinder-backup of the parent wants to read a volume's bytes, which are in the child. It is told to go on with the volume itself, asks us for a
/// connection and is refused with the reason; only that way it ends the backup as failed, reason and all, and gives the volume its status back
/// (cinder/backup/manager.py: BackupManager.continue_backup). No answer at all would leave both as they are for ever.
/// </summary>
internal sealed class BackupDeviceHandler(IRpcCaller bus, CinderDatabase database) : IHandle<GetBackupDevice>
{
    public async Task<JsonNode?> HandleAsync(GetBackupDevice call, RpcContext context, CancellationToken cancelled)
    {
        var backup = CinderBackup.Read(call.Backup) ?? throw CinderFaults.InvalidInput("the backup came without its id");
        var row = backup.VolumeId is { } id ? await database.ReadAsync(work => work.Volumes.GetAsync(id), cancelled) : null;
        if (row is null)
        {
            throw CinderFaults.VolumeNotFound(backup.VolumeId ?? "-");
        }

        var volume = CinderObjects.New(CinderObjects.Volume, new() { ["id"] = row.Id, ["host"] = row.Host, ["cluster_name"] = null, ["status"] = row.Status });
        var device = BackupDevice.OfVolume(volume);
        if (!call.AsyncCall)
        {
            return device.ToJson();
        }

        var question = new ContinueBackup(call.Backup, device);
        await bus.CastAsync(
            new(CinderTopics.Backup, ContinueBackup.Name.Since, backup.Host),
            ContinueBackup.Name.Method,
            JsonSerializer.SerializeToNode(question, ContinueBackup.Wire)!.AsObject(),
            context.Elevated("no"),
            cancelled);
        return null;
    }
}
