using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>Volumes of a server that is there: os-volume_attachments.</summary>
public sealed partial class Servers
{
    /// <summary>All that it has or is to have; being listed does not say that the guest has it yet.</summary>
    public async Task<IReadOnlyList<VolumeAttachment>> VolumesAsync(Scope scope, string id, CancellationToken cancelled) =>
        (await client.SendAsync(scope, ApiRequest.Get(ServerPaths.Volumes(id)), ComputeJson.Default.VolumeAttachmentList, cancelled)).Attachments;

    /// <summary>One of them; null when the server does not have it, or is not there itself.</summary>
    public async Task<VolumeAttachment?> FindVolumeAsync(Scope scope, string id, string volumeId, CancellationToken cancelled)
    {
        try
        {
            return (await client.SendAsync(scope, ApiRequest.Get(ServerPaths.Volume(id, volumeId)), ComputeJson.Default.VolumeAttachmentBody, cancelled)).Attachment;
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Asks for it: the volume is reserved when this returns, the guest gets it in the background. Sent once. Conflict when the server's state does not
    /// allow it, Invalid (400) when the volume's does not or the server has it already. A volume for several servers needs 2.60.
    /// </summary>
    public async Task<VolumeAttachment> AttachVolumeAsync(Scope scope, string id, VolumeAttach wanted, CancellationToken cancelled)
    {
        var (floor, why) = wanted.DeleteOnTermination is not null ? (new(2, 79), "deletion of a volume with its server")
            : wanted.Tag is not null ? ((Microversion?)new(2, 49), "a tag of a volume") : (null, null);
        var request = ApiRequest.Post(ServerPaths.Volumes(id), new VolumeAttachBody(wanted), ComputeJson.Default.VolumeAttachBody) with { Floor = floor, FloorReason = why };
        return (await client.SendAsync(scope, request, ComputeJson.Default.VolumeAttachmentBody, cancelled)).Attachment;
    }

    /// <summary>Exchanges one volume for another of at least its size, with its content. For administrators. Sent once; 202, it goes in the background.</summary>
    public Task SwapVolumeAsync(Scope scope, string id, string volumeId, string newVolumeId, CancellationToken cancelled) =>
        client.DoAsync(
            scope, ApiRequest.Put(ServerPaths.Volume(id, volumeId), new VolumeSwapBody(new(newVolumeId)), ComputeJson.Default.VolumeSwapBody, idempotent: false), cancelled);

    /// <summary>
    /// Asks for it to be taken away: 202, it goes in the background. NotFound when the server does not have it; Invalid (400) when it is the root device,
    /// or its volume is not in use (it may be on its way already).
    /// </summary>
    public Task DetachVolumeAsync(Scope scope, string id, string volumeId, CancellationToken cancelled) =>
        client.DoAsync(scope, ApiRequest.Delete(ServerPaths.Volume(id, volumeId)), cancelled);
}
