using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Volume;

/// <summary>
/// cinder/volume/manager.py: VolumeManager.accept_transfer. Call; what it answers is ignored. 3.16 knows <c>no_snapshots</c>. Project, user and quota
/// are changed by the API after our reply.
/// </summary>
public sealed record AcceptTransfer(string VolumeId, string NewUser, string NewProject, bool? NoSnapshots = null) : IRpcCall<AcceptTransfer>
{
    public static RpcName Name => new("accept_transfer", new(3, 0));

    public static JsonTypeInfo<AcceptTransfer> Wire => CinderJson.Default.AcceptTransfer;
}
