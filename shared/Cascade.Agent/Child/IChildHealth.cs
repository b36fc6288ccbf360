namespace Cascade.Agent.Child;

/// <summary>
/// Whether the child answers us, as seen by the REST calls that are made anyway (D5). The parent's heartbeat beats only while it does; the
/// host goes down by itself after <c>service_down_time</c>.
/// </summary>
public interface IChildHealth
{
    /// <summary>False from the moment the child counts as away.</summary>
    bool Answers { get; }

    /// <summary>Why not, in an operator's words; null while it answers.</summary>
    string? Reason { get; }

    /// <summary>Raised on every change of <see cref="Answers"/>. Handlers return at once.</summary>
    event EventHandler? Changed;
}
