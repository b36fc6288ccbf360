namespace Cascade.NeutronAgent.Hints;

/// <summary>A noun that wants to hear of changes in the parent. Register as many as there are nouns; each is told every hint.</summary>
public interface IHints
{
    /// <summary>
    /// Called for one hint after the other, in the order of arrival, while this copy is active and the child answers. Takes note and returns; the work
    /// goes on elsewhere and is tried again there. An exception becomes a full comparison.
    /// </summary>
    ValueTask TakeAsync(Hint hint, CancellationToken cancelled);
}

/// <summary>Compares everything of this host in the parent with everything of ours in the child, and sets in motion what differs. Register one.</summary>
public interface IResync
{
    /// <summary>
    /// Called at start, after the parent took us for dead, after the connection to the broker was lost, when too many hints waited, and each audit_interval.
    /// Never twice at once. Hints that arrive meanwhile are told afterwards.
    /// </summary>
    /// <param name="why">For the log.</param>
    /// <exception cref="Exception">It could not be read: it is called again after a pause.</exception>
    Task ResyncAsync(string why, CancellationToken cancelled);
}
