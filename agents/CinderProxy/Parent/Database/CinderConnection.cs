namespace Cascade.CinderProxy.Parent.Database;

/// <summary>Which server a connection speaks to.</summary>
internal enum DatabaseKind
{
    MySql,
    PostgreSql,
    Sqlite,
}

/// <summary>
/// oslo's <c>[database] connection</c>: <c>mysql+pymysql://user:password@host:port/database?name=value</c>, <c>postgresql[+driver]://…</c>,
/// <c>sqlite:////path</c>, read as sqlalchemy/engine/url.py does. ToString masks the password.
/// </summary>
/// <param name="Host">empty for the driver's standard, or where a socket is named in the query.</param>
/// <param name="Port">null for the server's standard port.</param>
/// <param name="Database">the database's name; of SQLite the file.</param>
/// <param name="Query">the Python driver's parameters by name; of one that is there twice the last.</param>
internal sealed record CinderConnection(
    DatabaseKind Kind, string Host, int? Port, string? User, string? Password, string Database, IReadOnlyDictionary<string, string> Query)
{
    /// <exception cref="FormatException">says what is wrong and what to write; never holds a password.</exception>
    public static CinderConnection Parse(string text) => ConnectionUrl.Parse(text);

    /// <summary>What to show and to log.</summary>
    public override string ToString() =>
        Kind == DatabaseKind.Sqlite
            ? $"sqlite:///{Database}"
            : $"{(Kind == DatabaseKind.MySql ? "mysql" : "postgresql")}://{User}{(Password is null ? "" : ":***")}@{Host}"
                + $"{(Port is { } port ? $":{port}" : "")}/{Database}";
}
