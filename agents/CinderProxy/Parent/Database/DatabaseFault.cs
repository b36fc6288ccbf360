namespace Cascade.CinderProxy.Parent.Database;

/// <summary>What an error of a driver means for the transaction it came from.</summary>
internal enum DatabaseFault
{
    /// <summary>The statement is wrong, or is not allowed: doing it again does not help.</summary>
    Statement,

    /// <summary>The server gave the transaction up for another one: do all of it again.</summary>
    Deadlock,

    /// <summary>The connection broke or went silent.</summary>
    Lost,

    /// <summary>The server, or this node of it, serves nobody now or takes no writes.</summary>
    Away,
}
