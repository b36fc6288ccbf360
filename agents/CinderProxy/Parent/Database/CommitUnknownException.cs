namespace Cascade.CinderProxy.Parent.Database;

/// <summary>The connection was lost while a commit was on its way: all of it is written or nothing. Read the rows again before anything else is done.</summary>
public sealed class CommitUnknownException(string message, Exception inner) : Exception(message, inner);
