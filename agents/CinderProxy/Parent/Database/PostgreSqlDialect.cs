using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;

namespace Cascade.CinderProxy.Parent.Database;

/// <summary>PostgreSQL; the URL's parameters are libpq's.</summary>
internal sealed partial class PostgreSqlDialect : Dialect
{
    public override DatabaseKind Kind => DatabaseKind.PostgreSql;

    public override string ColumnsSql =>
        "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = ANY (current_schemas(false))";

    protected override string UtcNow => "timezone('utc', now())";

    protected override string ForUpdate => "FOR UPDATE";

    // Npgsql takes a list as the array that it is, and an array is searched with ANY.
    protected override string Quoted(string sql) => Lists().Replace(sql, "= ANY (@${list})");

    public override DbDataSource Source(CinderConnection connection, DatabaseOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = connection.Query.GetValueOrDefault("host") ?? (connection.Host.Length == 0 ? "localhost" : connection.Host),
            Port = connection.Port ?? 5432,
            Username = connection.User,
            Password = connection.Password,
            Database = connection.Database,
            MaxPoolSize = options.MaxPoolSize + options.MaxOverflow,
            ConnectionLifetime = (int)Math.Max(0, options.ConnectionRecycleTime.TotalSeconds),
            Timeout = (int)options.PoolTimeout.TotalSeconds,
            CommandTimeout = 60,
            ApplicationName = "cascade-cinder-proxy",
        };
        Encrypt(settings, connection.Query);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    public override ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancelled) =>
        connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancelled);

    // Npgsql takes Kind = Unspecified for "timestamp without time zone", and refuses Utc there. The column keeps microseconds.
    public override object Time(DateTime moment) => new DateTime(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    protected override string Ours(string column) => $"({column} = @host OR {column} LIKE @hostlike ESCAPE '!')";

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    protected override DatabaseFault? Answer(DbException fault) => fault.SqlState switch
    {
        "40P01" or "40001" or "55P03" => DatabaseFault.Deadlock,
        // a terminated session, a crash, a shutdown
        "57P01" or "57P02" or "57P05" => DatabaseFault.Lost,
        // starting up, no room, read-only: a hot standby or default_transaction_read_only
        "57P03" or "53300" or "25006" => DatabaseFault.Away,
        { Length: 5 } state when state.StartsWith("08", StringComparison.Ordinal) => DatabaseFault.Lost,
        _ => null,
    };

    static void Encrypt(NpgsqlConnectionStringBuilder settings, IReadOnlyDictionary<string, string> query)
    {
        settings.SslMode = query.GetValueOrDefault("sslmode") switch
        {
            "disable" => SslMode.Disable,
            "allow" => SslMode.Allow,
            "require" => SslMode.Require,
            "verify-ca" => SslMode.VerifyCA,
            "verify-full" => SslMode.VerifyFull,
            _ => SslMode.Prefer,
        };
        settings.RootCertificate = query.GetValueOrDefault("sslrootcert");
        settings.SslCertificate = query.GetValueOrDefault("sslcert");
        settings.SslKey = query.GetValueOrDefault("sslkey");
    }

    [GeneratedRegex("IN @(?<list>[a-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lists();
}
