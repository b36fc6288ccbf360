namespace Cascade.CinderProxy.Parent.Database;

/// <summary>Nothing was written: the server does not answer, takes no writes now, or gave the transaction up too often. Later it may be done again.</summary>
public sealed class DatabaseAwayException(string message, Exception inner) : Exception(message, inner);
