using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>SQLite, what cinder's own tests and an all-in-one of one machine use.</summary>
internal sealed class SqliteDialect : Dialect
{
    const int Busy = 5, Locked = 6, ReadOnly = 8, CannotOpen = 14;

    public override DatabaseKind Kind => DatabaseKind.Sqlite;

    public override string ColumnsSql => "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'";

    // As Time() writes it; the clock has milliseconds.
    protected override string UtcNow => "strftime('%Y-%m-%d %H:%M:%f000', 'now')";

    protected override string ForUpdate => "";

    public override DbDataSource Source(CinderConnection connection, DatabaseOptions options)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = connection.Database,
            Mode = SqliteOpenMode.ReadWrite,
            // sqlite3.connect's parameter of that name, and its standard.
            DefaultTimeout = int.TryParse(connection.Query.GetValueOrDefault("timeout"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 5,
        };
        return SqliteFactory.Instance.CreateDataSource(settings.ConnectionString);
    }

    // BEGIN IMMEDIATE: two that read first and write later could not both go on, and waiting would not help them.
    public override ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancelled) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    // SQLAlchemy's storage format: with another one cinder's reads fail (sqlalchemy/dialects/sqlite/base.py: DATETIME).
    public override object Time(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    // LIKE knows no case here.
    protected override string Ours(string column) => $"({column} = @host OR ({column} LIKE @hostlike ESCAPE '!' AND substr({column}, 1, length(@host)) = @host))";

    protected override DatabaseFault? Answer(DbException fault) => fault is not SqliteException error ? null : error.SqliteErrorCode switch
    {
        Busy or Locked => DatabaseFault.Deadlock,
        ReadOnly or CannotOpen => DatabaseFault.Away,
        _ => null,
    };
}
