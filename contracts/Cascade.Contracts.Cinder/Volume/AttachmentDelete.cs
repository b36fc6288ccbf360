using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.attachment_delete. Call; answers null, and the API frees the volume at once. The volume has neither
/// volume_type nor metadata.
/// </summary>
public sealed record AttachmentDelete(string AttachmentId, VersionedObject Vref) : IRpcCall<AttachmentDelete>
{
    public static RpcName Name => new("attachment_delete", new(3, 9));

    public static JsonTypeInfo<AttachmentDelete> Wire => CinderJson.Default.AttachmentDelete;
}
