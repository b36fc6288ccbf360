namespace Cascade.NeutronAgent.Looking;

/// <summary>
/// The child cannot hold this as the parent wants it, and trying at once again would not help: the parent's port stays DOWN, the reason is in the log and
/// in <c>mirror list</c>. It is tried again when the parent changes it, and slowly in between (an operator may have raised a quota).
/// </summary>
public sealed class RefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Something else has to happen first: try again after this time at the latest.</summary>
public sealed class LaterException(TimeSpan after, string waitingFor) : Exception(waitingFor)
{
    public TimeSpan After { get; } = after;
}
