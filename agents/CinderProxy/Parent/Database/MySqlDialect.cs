using System.Data;
using System.Data.Common;
using MySqlConnector;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>MySQL, MariaDB and Galera.</summary>
internal sealed class MySqlDialect : Dialect
{
    public override DatabaseKind Kind => DatabaseKind.MySql;

    public override string ColumnsSql => "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()";

    protected override string UtcNow => "UTC_TIMESTAMP()";

    protected override string ForUpdate => "FOR UPDATE";

    public override DbDataSource Source(CinderConnection connection, DatabaseOptions options)
    {
        var settings = new MySqlConnectionStringBuilder
        {
            Server = connection.Host.Length == 0 ? "localhost" : connection.Host,
            Port = (uint)(connection.Port ?? 3306),
            UserID = connection.User ?? "",
            Password = connection.Password ?? "",
            Database = connection.Database,
            MaximumPoolSize = (uint)(options.MaxPoolSize + options.MaxOverflow),
            ConnectionLifeTime = (uint)Math.Max(0, options.ConnectionRecycleTime.TotalSeconds),
            ConnectionTimeout = (uint)options.PoolTimeout.TotalSeconds,
            DefaultCommandTimeout = 60,
            // Two trips less for each transaction: nothing of ours is left in a session, and what is dead is found by using it.
            ConnectionReset = false,
            // Rows found, not rows changed: SQLAlchemy asks for CLIENT.FOUND_ROWS too, and a compare-and-swap counts what it met.
            UseAffectedRows = false,
            ApplicationName = "cascade-cinder-proxy",
        };
        if (connection.Query.GetValueOrDefault("unix_socket") is { } socket)
        {
            (settings.Server, settings.ConnectionProtocol) = (socket, MySqlConnectionProtocol.UnixSocket);
        }

        Encrypt(settings, connection.Query);
        var session = Session(options);
        return new MySqlDataSourceBuilder(settings.ConnectionString)
            .UseConnectionOpenedCallback((opened, cancelled) => SetUpAsync(opened, session, cancelled))
            .Build();
    }

    public override ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancelled) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancelled);

    // DATETIME has no fraction here and rounds one: 12:00:00.7 would be read as 12:00:01, in the future.
    public override object Time(DateTime moment) => new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);

    protected override string Ours(string column) => $"({column} = BINARY @host OR {column} LIKE BINARY @hostlike ESCAPE '!')";

    protected override string Quoted(string sql) => sql.Replace('"', '`');

    // https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html; Galera says 1213 for a write set that lost its certification.
    protected override DatabaseFault? Answer(DbException fault) => fault is not MySqlException error ? null : (int)error.ErrorCode switch
    {
        1213 or 1205 or 3572 => DatabaseFault.Deadlock,
        // killed, shutting down, idle for too long, a statement over its time
        1053 or 1927 or 3169 or 4031 or (int)MySqlErrorCode.CommandTimeoutExpired => DatabaseFault.Lost,
        // no connection, no room, no lock-free node, read-only in three ways, a Galera node outside the cluster
        1040 or 1042 or 1203 or 1226 or 1290 or 1836 or 1792 or 3100 or 1047 => DatabaseFault.Away,
        _ => null,
    };

    // PyMySQL: ssl_ca verifies the server and, unless told otherwise, its name; without any ssl_ word whatever the server offers is taken.
    static void Encrypt(MySqlConnectionStringBuilder settings, IReadOnlyDictionary<string, string> query)
    {
        settings.SslCa = query.GetValueOrDefault("ssl_ca") ?? "";
        settings.SslCert = query.GetValueOrDefault("ssl_cert") ?? "";
        settings.SslKey = query.GetValueOrDefault("ssl_key") ?? "";
        settings.SslMode = query switch
        {
            _ when query.GetValueOrDefault("ssl_disabled") is "true" or "True" or "1" => MySqlSslMode.Disabled,
            _ when settings.SslCa.Length == 0 => query.ContainsKey("ssl") || settings.SslCert.Length > 0 ? MySqlSslMode.Required : MySqlSslMode.Preferred,
            _ when query.GetValueOrDefault("ssl_check_hostname") is "false" or "False" or "0" => MySqlSslMode.VerifyCA,
            _ => MySqlSslMode.VerifyFull,
        };
    }

    static string Session(DatabaseOptions options) => string.Join(", ",
        new[]
        {
            options.MysqlSqlMode.Length > 0 ? $"sql_mode = '{options.MysqlSqlMode.Replace("'", "''", StringComparison.Ordinal)}'" : null,
            options.MysqlWsrepSyncWait is { } wait ? $"wsrep_sync_wait = {wait}" : null,
        }.OfType<string>());

    static async ValueTask SetUpAsync(MySqlConnectionOpenedContext opened, string session, CancellationToken cancelled)
    {
        if (session.Length == 0 || !opened.Conditions.HasFlag(MySqlConnectionOpenedConditions.New))
        {
            return;
        }

        await using var set = opened.Connection.CreateCommand();
        set.CommandText = $"SET SESSION {session}";
        await set.ExecuteNonQueryAsync(cancelled);
    }
}
