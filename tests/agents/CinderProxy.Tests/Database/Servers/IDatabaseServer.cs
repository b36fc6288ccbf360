using System.Data.Common;
using Cascade.CinderProxy.Parent.Database;

namespace CinderProxy.Tests.Database.Servers;

/// <summary>A running server, by what the tests ask of it.</summary>
interface IDatabaseServer : IAsyncDisposable
{
    DatabaseKind Kind { get; }

    /// <summary>Makes an empty database and a user that may do nothing yet.</summary>
    Task CreateAsync(string database);

    /// <summary>The administrator's connection to it, open.</summary>
    Task<DbConnection> AdministerAsync(string database);

    /// <summary>The agent's URL, as it stands in cinder.conf.</summary>
    string Url(string database);

    IEnumerable<string> GrantsFor(string database);

    /// <summary>The number that the server gives the session, as a statement of its own.</summary>
    string SessionSql { get; }

    /// <summary>Ends a session from outside, and returns when it has ended.</summary>
    Task KillAsync(string session);

    /// <summary>No writes by the agent's user in new sessions.</summary>
    Task ReadOnlyAsync(string database, bool on);

    /// <summary>The agent's user gets no new session with the password that it has.</summary>
    Task LockOutAsync(string database, bool on);
}
