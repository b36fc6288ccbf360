using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.get_backup_device. With <c>async_call</c>, known to 3.17, a cast that is answered by
/// <c>continue_backup</c>; a call that answers the device below that. 3.2 knows <c>want_objects</c>.
/// </summary>
public sealed record GetBackupDevice(VersionedObject Backup, bool WantObjects = false, bool AsyncCall = false) : IRpcCall<GetBackupDevice>
{
    public static RpcName Name => new("get_backup_device", new(3, 0));

    public static JsonTypeInfo<GetBackupDevice> Wire => CinderJson.Default.GetBackupDevice;
}
