namespace Cascade.Oslo.Messaging.Rpc;

/// <summary>
/// The work cannot be done now and must not be lost: a cast goes, as it is, to the server's own durable parking queue and comes
/// back in order on <see cref="IRpcServer.ResumeAsync"/>. For a call it is a prompt failure instead.
/// </summary>
public sealed class ParkException(string reason, Exception? inner = null) : Exception(reason, inner);
