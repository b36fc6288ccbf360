using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.attachment_update. Call; answers the connection information, flat. The connector is a dictionary of
/// whoever attaches, <c>host</c> in it by all means.
/// </summary>
public sealed record AttachmentUpdate(VersionedObject Vref, JsonObject Connector, string AttachmentId) : IRpcCall<AttachmentUpdate>
{
    public static RpcName Name => new("attachment_update", new(3, 9));

    public static JsonTypeInfo<AttachmentUpdate> Wire => CinderJson.Default.AttachmentUpdate;
}
