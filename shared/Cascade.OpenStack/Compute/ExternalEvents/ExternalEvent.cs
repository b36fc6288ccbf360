namespace Cascade.OpenStack.Compute;

/// <summary>Something that happened to a server outside of nova (nova/objects/external_event.py: InstanceExternalEvent).</summary>
/// <param name="Name">One that nova knows: <see cref="VolumeExtended"/> …</param>
/// <param name="ServerUuid">The server.</param>
/// <param name="Tag">What of the server: the id of the volume.</param>
public sealed record ExternalEvent(string Name, string ServerUuid, string? Tag = null)
{
    public const string VolumeExtended = "volume-extended";

    public const string VolumeReimaged = "volume-reimaged";
}

internal sealed record ExternalEventsBody(IReadOnlyList<ExternalEvent> Events);
