using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>
/// What differs between the servers. Statements are written in standard SQL with "quoted" names and three marks: <c>{utcnow}</c> is the server's own
/// clock, <c>{for update}</c> locks the rows read, <c>{ours COLUMN}</c> says that the column holds the backend <c>@host</c> or one of its pools.
/// </summary>
internal abstract partial class Dialect
{
    readonly ConcurrentDictionary<Statement, string> _rendered = new();

    public abstract DatabaseKind Kind { get; }

    /// <summary>(table, column) of every table that this user sees: the start-up check.</summary>
    public abstract string ColumnsSql { get; }

    protected abstract string UtcNow { get; }

    protected abstract string ForUpdate { get; }

    public static Dialect Of(DatabaseKind kind) => kind switch
    {
        DatabaseKind.MySql => new MySqlDialect(),
        DatabaseKind.PostgreSql => new PostgreSqlDialect(),
        _ => new SqliteDialect(),
    };

    /// <summary>Where connections come from: pooled, with the session set up.</summary>
    public abstract DbDataSource Source(CinderConnection connection, DatabaseOptions options);

    /// <summary>Begins a transaction at the isolation that SQLAlchemy leaves a session of this server at.</summary>
    public abstract ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancelled);

    /// <summary>The moment as the server's column keeps it (D3.3, D3.6 of the contract).</summary>
    /// <param name="moment">UTC.</param>
    public abstract object Time(DateTime moment);

    public string Render(Statement statement) => _rendered.GetOrAdd(statement, one => Quoted(Marks().Replace(one.Text, Mark)));

    /// <summary>What the error means; an open connection tells an answer of the server from silence.</summary>
    public DatabaseFault Classify(Exception fault, bool open)
    {
        if (fault is DbException answer && Answer(answer) is { } known)
        {
            return known;
        }

        return IsSilence(fault) || (fault is DbException && (!open || IsSilence(fault.InnerException))) ? DatabaseFault.Lost : DatabaseFault.Statement;
    }

    /// <summary>What the server's error code means; null for one without a meaning of its own.</summary>
    protected abstract DatabaseFault? Answer(DbException fault);

    protected abstract string Ours(string column);

    protected virtual string Quoted(string sql) => sql;

    static bool IsSilence(Exception? fault) => fault is IOException or SocketException or TimeoutException;

    string Mark(Match mark) => mark.Groups["mark"].Value switch
    {
        "utcnow" => UtcNow,
        "for update" => ForUpdate,
        _ => Ours(mark.Groups["column"].Value),
    };

    [GeneratedRegex(@"\{(?<mark>utcnow|for update|ours (?<column>[\w.]+))\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marks();
}
