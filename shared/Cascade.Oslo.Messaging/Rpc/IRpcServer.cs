namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>A running server of one or more topics, and the switch that its owner turns when the child goes and comes.</summary>
public interface IRpcServer
{
    /// <summary>
    /// From now on casts go, unread and in order, to the parking queue that only we declare; calls are still served, so that they get a prompt
    /// error instead of silence.
    /// </summary>
    Task ParkAsync(string reason, CancellationToken cancelled);

    /// <summary>Serves what was parked, in order, then what waits, then goes on as before.</summary>
    Task ResumeAsync(CancellationToken cancelled);
}
