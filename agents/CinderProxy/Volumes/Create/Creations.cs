using System.Collections.Concurrent;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.CinderProxy.Volumes.Create;

/// <summary>
/// Creates that the child has and has not ended: a cache, for the reschedule that a failure in the child is answered with. After a restart such a failure is the
/// volume's error, and its notification has no request.
/// </summary>
internal sealed class Creations
{
    readonly ConcurrentDictionary<string, Creation> creations = new(StringComparer.Ordinal);

    public Creation? Of(string volumeId) => creations.GetValueOrDefault(volumeId);

    public void Give(string volumeId, Creation creation) => creations[volumeId] = creation;

    public void Done(string volumeId) => creations.TryRemove(volumeId, out _);
}

/// <summary>One create, as it came.</summary>
/// <param name="Call">Null for a volume that came with its group: the scheduler does not know it apart.</param>
internal sealed record Creation(CreateVolume? Call, RpcContext Context);
