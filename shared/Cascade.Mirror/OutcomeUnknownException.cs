namespace Cascade.Mirror;

/// <summary>A create was sent and its answer was lost: look before doing it again.</summary>
public sealed class OutcomeUnknownException(string message, Exception inner) : Exception(message, inner);
